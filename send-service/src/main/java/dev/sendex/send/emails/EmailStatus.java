package dev.sendex.send.emails;

import java.util.Arrays;
import java.util.Locale;

/// The status of an email. The order of the constants is their precedence: a status replaces only
/// those declared before it, so the status never goes backwards even if events arrive out of order.
///
/// `BOUNCED` takes precedence over `DELIVERED`, since a server may accept an email and return it
/// later, and since one bounced recipient of several matters most to the sender.
public enum EmailStatus {
    QUEUED,
    SCHEDULED,
    CANCELED,
    SENT,
    DELIVERY_DELAYED,
    DELIVERED,
    OPENED,
    CLICKED,
    SUPPRESSED,
    FAILED,
    BOUNCED,
    COMPLAINED;

    /// As the API and the database write it.
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The status of this [#value].
    public static EmailStatus of(String value) {
        return valueOf(value.toUpperCase(Locale.ROOT));
    }

    /// The values that this status may replace.
    public String[] earlier() {
        return Arrays.stream(values())
                .filter(status -> status.compareTo(this) < 0)
                .map(EmailStatus::value)
                .toArray(String[]::new);
    }
}

package dev.sendex.send.emails;

import java.util.Arrays;
import java.util.Locale;

/// The status of an email. The order of the constants is their precedence: as soon as SES has the
/// email, it has the status of the recipient whose status comes last in this order.
///
/// `BOUNCED` takes precedence over `DELIVERED`, since one bounced recipient of several matters most
/// to the sender. `SUPPRESSED` comes first, since a recipient that was left out says nothing about
/// the others.
public enum EmailStatus {
    QUEUED,
    SCHEDULED,
    CANCELED,
    SUPPRESSED,
    SENT,
    DELIVERY_DELAYED,
    DELIVERED,
    OPENED,
    CLICKED,
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

    /// The values that this status may replace while SES does not have the email.
    public String[] earlier() {
        return Arrays.stream(values())
                .filter(status -> status.compareTo(this) < 0)
                .map(EmailStatus::value)
                .toArray(String[]::new);
    }
}

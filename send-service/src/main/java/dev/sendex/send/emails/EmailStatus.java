package dev.sendex.send.emails;

import java.util.Arrays;
import java.util.Locale;

/// What is known of an email, in the order in which knowledge replaces knowledge: a later constant
/// wins over an earlier one whatever order the events come in, so the status never goes backwards.
///
/// A bounce outranks a delivery, since servers may accept a mail and return it afterwards, and
/// since of several recipients the one who got nothing matters most.
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

    /// The values that this one may replace.
    public String[] earlier() {
        return Arrays.stream(values())
                .filter(status -> status.compareTo(this) < 0)
                .map(EmailStatus::value)
                .toArray(String[]::new);
    }
}

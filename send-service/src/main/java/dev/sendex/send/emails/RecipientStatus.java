package dev.sendex.send.emails;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What became of an email for one recipient, according to SES. The order of the constants is their
/// precedence: of several events about a recipient, the one whose status comes last in this order
/// decides, so that the order in which the events arrive does not matter.
public enum RecipientStatus {
    SENT(EmailStatus.SENT),
    DELIVERY_DELAYED(EmailStatus.DELIVERY_DELAYED),

    /// A transient bounce. A delivery takes precedence, because automatic replies, such as
    /// out-of-office notices, are reported as transient bounces after it.
    SOFT_BOUNCED(EmailStatus.BOUNCED),
    DELIVERED(EmailStatus.DELIVERED),
    OPENED(EmailStatus.OPENED),
    CLICKED(EmailStatus.CLICKED),
    SUPPRESSED(EmailStatus.SUPPRESSED),
    FAILED(EmailStatus.FAILED),

    /// Also after a delivery, because a server may accept an email and return it later.
    BOUNCED(EmailStatus.BOUNCED),
    COMPLAINED(EmailStatus.COMPLAINED);

    private final EmailStatus shown;

    RecipientStatus(EmailStatus shown) {
        this.shown = shown;
    }

    /// As the API shows it, and as it counts for the status of the email.
    public EmailStatus shown() {
        return shown;
    }

    /// As the database writes it.
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The status of this [#value].
    public static @Nullable RecipientStatus of(@Nullable String value) {
        return value == null ? null : valueOf(value.toUpperCase(Locale.ROOT));
    }

    /// The one of these that takes precedence.
    public static @Nullable RecipientStatus later(
            @Nullable RecipientStatus one, @Nullable RecipientStatus other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) < 0 ? other : one;
    }
}

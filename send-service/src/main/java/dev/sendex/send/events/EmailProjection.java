package dev.sendex.send.events;

import static dev.sendex.send.emails.RecipientStatus.later;

import dev.sendex.send.emails.EmailStatus;
import dev.sendex.send.emails.RecipientStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of an email, derived from its events. The same events give the same result in any
/// order.
///
/// @param messageId null until SES is known to have the email
/// @param engagement `OPENED` or `CLICKED` if one of several recipients did so, since SES does not
///   say which
record EmailProjection(
        EmailStatus status,
        @Nullable String messageId,
        @Nullable RecipientStatus engagement,
        List<Recipient> recipients) {

    EmailProjection {
        recipients = List.copyOf(recipients);
    }

    /// A recipient.
    ///
    /// @param mailbox the address in lower case
    /// @param suppressed whether the email was not sent to the recipient
    /// @param status null if nothing is known beyond whether the email was sent
    record Recipient(
            int position, String mailbox, boolean suppressed, @Nullable RecipientStatus status) {

        private Recipient after(EmailEvent event) {
            boolean news = event.status() != RecipientStatus.SENT;
            return news && event.recipients().contains(mailbox)
                    ? new Recipient(position, mailbox, suppressed, later(status, event.status()))
                    : this;
        }

        private RecipientStatus known() {
            if (status != null) {
                return status;
            }
            return suppressed ? RecipientStatus.SUPPRESSED : RecipientStatus.SENT;
        }
    }

    EmailProjection with(List<Recipient> stored) {
        return new EmailProjection(status, messageId, engagement, stored);
    }

    /// The projection after further events.
    EmailProjection after(List<EmailEvent> events) {
        EmailProjection after = this;
        for (EmailEvent event : events) {
            after = after.after(event);
        }
        return after;
    }

    private EmailProjection after(EmailEvent event) {
        List<Recipient> after = recipients.stream().map(one -> one.after(event)).toList();
        RecipientStatus engaged =
                event.recipients().isEmpty() && isEngagement(event.status())
                        ? later(engagement, event.status())
                        : engagement;
        return new EmailProjection(
                status(after, engaged),
                messageId == null ? event.messageId() : messageId,
                engaged,
                after);
    }

    /// Whether the event leaves everything as it is: it only says what the message id says, that
    /// SES has the email.
    boolean isKnown(EmailEvent event) {
        return messageId != null
                && (event.status() == null || event.status() == RecipientStatus.SENT);
    }

    /// Whether the two differ in recipients at most.
    boolean isSameEmail(EmailProjection other) {
        return with(List.of()).equals(other.with(List.of()));
    }

    boolean hasSoftBounced(String mailbox) {
        return recipients.stream()
                .anyMatch(recipient ->
                        recipient.mailbox().equals(mailbox)
                                && recipient.status() == RecipientStatus.SOFT_BOUNCED);
    }

    private static boolean isEngagement(@Nullable RecipientStatus status) {
        return status == RecipientStatus.OPENED || status == RecipientStatus.CLICKED;
    }

    private static EmailStatus status(
            List<Recipient> recipients, @Nullable RecipientStatus engagement) {
        EmailStatus status = EmailStatus.SUPPRESSED;
        for (Recipient recipient : recipients) {
            status = max(status, recipient.known().shown());
        }
        return engagement == null ? status : max(status, engagement.shown());
    }

    private static EmailStatus max(EmailStatus one, EmailStatus other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}

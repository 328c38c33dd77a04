package dev.sendex.send.message;

import dev.sendex.send.message.Email.Recipient.Kind;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An email with everything needed to send it.
///
/// @param suppressed those mailboxes of the recipients that are suppressed for the account
public record Email(
        UUID accountId,
        UUID id,
        String environment,
        Instant createdAt,
        EmailAddress from,
        List<Recipient> recipients,
        List<String> suppressed,
        List<EmailAddress> replyTo,
        String subject,
        @Nullable String html,
        @Nullable String text,
        Map<String, String> headers,
        Map<String, String> tags,
        List<Attachment> attachments) {

    public Email {
        recipients = List.copyOf(recipients);
        suppressed = List.copyOf(suppressed);
        replyTo = List.copyOf(replyTo);
        headers = Map.copyOf(headers);
        tags = Map.copyOf(tags);
        attachments = List.copyOf(attachments);
    }

    public Email withSuppressed(List<String> mailboxes) {
        return new Email(
                accountId,
                id,
                environment,
                createdAt,
                from,
                recipients,
                mailboxes,
                replyTo,
                subject,
                html,
                text,
                headers,
                tags,
                attachments);
    }

    /// The recipients that a header lists, including suppressed ones, since headers show to whom
    /// the email was addressed.
    public List<EmailAddress> shownRecipients(Kind kind) {
        return recipients.stream()
                .filter(recipient -> recipient.kind() == kind)
                .map(Recipient::address)
                .toList();
    }

    /// The envelope recipients: all that are not suppressed, without duplicates.
    public List<String> destinations() {
        return recipients.stream()
                .map(Recipient::address)
                .filter(address -> !suppressed.contains(address.mailbox()))
                .map(EmailAddress::address)
                .distinct()
                .toList();
    }

    /// A file attached to an email.
    ///
    /// @param contentId set for inline content, which the HTML refers to by `cid:`
    public record Attachment(
            String filename, String contentType, @Nullable String contentId, Buffer content) {}

    /// A recipient and the header that lists it. `BCC` recipients are in the envelope only.
    public record Recipient(Kind kind, EmailAddress address) {

        public enum Kind {
            TO,
            CC,
            BCC;

            /// As the API and the database write it.
            public String value() {
                return name().toLowerCase(Locale.ROOT);
            }

            public static Kind of(String value) {
                return valueOf(value.toUpperCase(Locale.ROOT));
            }
        }
    }
}

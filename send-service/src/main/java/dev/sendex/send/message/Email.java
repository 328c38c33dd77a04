package dev.sendex.send.message;

import dev.sendex.send.message.Email.Recipient.Kind;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An email with all that sending it takes.
///
/// @param suppressed mailboxes, among the recipients', that the account must not write to
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

    /// Whom a header names; suppressed ones too, since the header says whom the mail was meant for.
    public List<EmailAddress> shownRecipients(Kind kind) {
        return recipients.stream()
                .filter(recipient -> recipient.kind() == kind)
                .map(Recipient::address)
                .toList();
    }

    /// The envelope: everyone who may be written to, each once.
    public List<String> destinations() {
        return recipients.stream()
                .map(Recipient::address)
                .filter(address -> !suppressed.contains(address.mailbox()))
                .map(EmailAddress::address)
                .distinct()
                .toList();
    }

    /// A file that goes with an email.
    ///
    /// @param contentId set for what the HTML shows by `cid:`, which then is not listed as an
    ///   attachment
    public record Attachment(
            String filename, String contentType, @Nullable String contentId, Buffer content) {}

    /// Someone an email goes to, and where that is shown: a `BCC` recipient is in the envelope
    /// only.
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

package dev.sendex.send.message;

import dev.sendex.send.message.Recipient.Kind;
import java.time.Instant;
import java.util.List;
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
}

package dev.sendex.send.emails.accepting;

import dev.sendex.send.message.Email.Attachment;
import dev.sendex.send.message.Email.Recipient;
import dev.sendex.send.message.EmailAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A validated email: it satisfies every rule that needs no I/O to check.
///
/// @param headers the headers that the caller set, in the caller's order
/// @param sizeBytes the maximum size once encoded for SES
record Draft(
        EmailAddress from,
        List<Recipient> recipients,
        List<EmailAddress> replyTo,
        String subject,
        @Nullable String html,
        @Nullable String text,
        Map<String, String> headers,
        Map<String, String> tags,
        List<Attachment> attachments,
        int sizeBytes) {

    Draft {
        recipients = List.copyOf(recipients);
        replyTo = List.copyOf(replyTo);
        attachments = List.copyOf(attachments);
    }
}

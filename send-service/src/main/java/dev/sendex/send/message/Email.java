package dev.sendex.send.message;

import dev.sendex.send.message.Email.Recipient.Kind;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An email with everything needed to send it.
///
/// @param text empty if the HTML must remain without a text part; null if one is made from the HTML
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

    /// From longer HTML no text part is made. Hardly any mail program shows so much of it, and size
    /// limits would have to allow for it.
    public static final int MAX_HTML_FOR_TEXT = 1_000_000;

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

    /// The envelope recipients: all that are not suppressed, each mailbox once, however its address
    /// is written.
    public List<String> destinations() {
        Map<String, String> addresses = new LinkedHashMap<>();
        for (Recipient recipient : recipients) {
            EmailAddress address = recipient.address();
            if (!suppressed.contains(address.mailbox())) {
                addresses.putIfAbsent(address.mailbox(), address.address());
            }
        }
        return List.copyOf(addresses.values());
    }

    /// A file attached to an email.
    ///
    /// @param contentType with its parameters
    /// @param contentId set for inline content, which the HTML refers to by `cid:`
    public record Attachment(
            String filename, String contentType, @Nullable String contentId, Buffer content) {

        private static final int MAX_LINE = 998;

        /// The content type without parameters, in lower case.
        public String mediaType() {
            return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        }

        /// Whether it can be part of an email. Emails and what else is composed like them
        /// (`message/…`) must not be encoded (RFC 2046, section 5.2), so they need short lines.
        public boolean isComposable() {
            return !isMessage() || hasShortLines();
        }

        boolean isMessage() {
            return mediaType().startsWith("message/");
        }

        boolean isAscii() {
            for (int i = 0; i < content.length(); i++) {
                if (content.getByte(i) < 0) {
                    return false;
                }
            }
            return true;
        }

        private boolean hasShortLines() {
            int line = 0;
            for (int i = 0; i < content.length(); i++) {
                byte octet = content.getByte(i);
                line = octet == '\n' || octet == '\r' ? 0 : line + 1;
                if (octet == 0 || line > MAX_LINE) {
                    return false;
                }
            }
            return true;
        }
    }

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

package dev.sendex.common.ses;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The email that an event concerns, as far as SES includes it.
///
/// Feedback notifications of an identity have no tags and, unless enabled, no headers.
///
/// @param messageId SES's id, which is part of the header `Message-ID`
/// @param timestamp when SES accepted the email
/// @param region where SES sent it, null if the event does not say so
/// @param source the envelope sender, possibly with a display name
/// @param destination every recipient of the envelope, Bcc included
/// @param from the `From` header, empty if SES omitted it
/// @param to the `To` header, empty if SES omitted it
/// @param headers of the message, empty if SES omitted them; SES truncates long ones
/// @param tags message tags and SES's own (`ses:…`), each with one or more values
public record SesMail(
        String messageId,
        Instant timestamp,
        @Nullable String region,
        @Nullable String source,
        List<String> destination,
        List<String> from,
        List<String> to,
        @Nullable String subject,
        List<SesHeader> headers,
        Map<String, List<String>> tags) {

    /// The message tag that carries the id of our email.
    public static final String EMAIL_ID_TAG = "sendex_email_id";

    /// The message tag that carries the id of the account it belongs to.
    public static final String ACCOUNT_ID_TAG = "sendex_account_id";

    public SesMail {
        destination = List.copyOf(destination);
        from = List.copyOf(from);
        to = List.copyOf(to);
        headers = List.copyOf(headers);
        tags = Map.copyOf(tags);
    }

    /// The header `Message-ID` as recipients get it and replies repeat it, with the suffix of the
    /// region. SES writes it over any other.
    public static String messageIdHeader(String messageId, String region) {
        String host = region.equals("us-east-1") ? "email" : region;
        return "<%s@%s.amazonses.com>".formatted(messageId, host);
    }

    /// See [#messageIdHeader(String, String)]; null if the event does not name the region.
    public @Nullable String messageIdHeader() {
        return region == null ? null : messageIdHeader(messageId, region);
    }

    /// The id of our email, or null if somebody else sent this one through the same SES account.
    public @Nullable UUID emailId() {
        return id(EMAIL_ID_TAG);
    }

    /// The account the email belongs to, or null if it is not one of ours.
    public @Nullable UUID accountId() {
        return id(ACCOUNT_ID_TAG);
    }

    private @Nullable UUID id(String tag) {
        List<String> values = tags.getOrDefault(tag, List.of());
        if (values.size() != 1 || values.getFirst().length() != 36) {
            return null;
        }
        try {
            return UUID.fromString(values.getFirst());
        } catch (IllegalArgumentException foreign) {
            return null;
        }
    }

    /// A header of an email, as it was sent.
    public record SesHeader(String name, String value) {}
}

package dev.sendex.send.emails.accepting;

import static dev.sendex.common.problem.Problem.INVALID_PARAMETER;
import static dev.sendex.common.problem.Problem.MISSING_REQUIRED_FIELD;
import static dev.sendex.common.problem.Problem.PAYLOAD_TOO_LARGE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendex.common.address.AddrSpec.MalformedAddress;
import dev.sendex.common.problem.ProblemException;
import dev.sendex.common.problem.ProblemException.FieldError;
import dev.sendex.send.emails.accepting.SendEmail.TagInput;
import dev.sendex.send.message.Email;
import dev.sendex.send.message.Email.Attachment;
import dev.sendex.send.message.Email.Recipient;
import dev.sendex.send.message.Email.Recipient.Kind;
import dev.sendex.send.message.EmailAddress;
import dev.sendex.send.message.HeaderText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Turns a request into a validated email, or rejects it with the first rule that it breaks.
final class EmailRules {

    static final int MAX_RECIPIENTS = 50;

    /// The limit of the SES v1 API, after encoding.
    static final int MAX_EMAIL_SIZE = 10 * 1024 * 1024;

    private static final long MAX_ENCODED_ADDRESS = 2048;
    private static final int MAX_SUBJECT = 998;
    private static final int MAX_TAGS = 40;
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_-]{1,256}");
    private static final String OWN_TAGS = "sendex_";

    private EmailRules() {}

    static Draft draft(SendEmail request) {
        refuseUnavailable(request);
        EmailAddress from = address("from", required("from", request.from()));
        List<Recipient> recipients = recipients(request);
        String subject = subject(required("subject", request.subject()));
        String html = orNull(body("html", request.html()));
        String text = body("text", request.text());
        if (html == null && orNull(text) == null) {
            throw MISSING_REQUIRED_FIELD.because(
                    "Give the email a body: `html`, `text` or both.",
                    List.of(new FieldError("html", "is required unless there is `text`")));
        }
        List<EmailAddress> replyTo = replyTo(request.replyTo());
        Map<String, String> headers = HeaderRules.headers(orEmpty(request.headers()));
        List<Attachment> attachments = AttachmentRules.attachments(request.attachments());
        return new Draft(
                from,
                recipients,
                replyTo,
                subject,
                html,
                text,
                headers,
                tags(orEmpty(request.tags())),
                attachments,
                size(
                        recipients.size() + replyTo.size(),
                        subject,
                        html,
                        text,
                        headers,
                        attachments));
    }

    private static void refuseUnavailable(SendEmail request) {
        refuseUnavailable("template", request.template());
        refuseUnavailable("scheduled_at", request.scheduledAt());
        refuseUnavailable("unsubscribe", request.unsubscribe());
    }

    private static void refuseUnavailable(String field, @Nullable JsonNode value) {
        if (value != null && !value.isNull()) {
            throw INVALID_PARAMETER.on(field, "is not supported yet; omit it");
        }
    }

    private static List<Recipient> recipients(SendEmail request) {
        List<Recipient> recipients = new ArrayList<>();
        List<@Nullable String> to = required("to", request.to());
        if (to.isEmpty()) {
            throw missing("to");
        }
        addresses("to", to).forEach(address -> recipients.add(new Recipient(Kind.TO, address)));
        addresses("cc", request.cc())
                .forEach(address -> recipients.add(new Recipient(Kind.CC, address)));
        addresses("bcc", request.bcc())
                .forEach(address -> recipients.add(new Recipient(Kind.BCC, address)));
        if (recipients.size() > MAX_RECIPIENTS) {
            throw INVALID_PARAMETER.on(
                    "to",
                    "may name %d recipients together with `cc` and `bcc`, and they are %d"
                            .formatted(MAX_RECIPIENTS, recipients.size()));
        }
        return recipients;
    }

    private static List<EmailAddress> replyTo(@Nullable List<@Nullable String> texts) {
        List<EmailAddress> replyTo = addresses("reply_to", texts);
        if (replyTo.size() > MAX_RECIPIENTS) {
            throw INVALID_PARAMETER.on(
                    "reply_to", "must have at most %d addresses".formatted(MAX_RECIPIENTS));
        }
        return replyTo;
    }

    private static List<EmailAddress> addresses(
            String field, @Nullable List<@Nullable String> texts) {
        List<EmailAddress> addresses = new ArrayList<>();
        if (List.of("").equals(texts)
                && !field.equals("to")) { // some SDKs send this for an empty list
            return addresses;
        }
        for (String text : orEmpty(texts)) {
            String place = "%s[%d]".formatted(field, addresses.size());
            addresses.add(address(place, required(place, text)));
        }
        return addresses;
    }

    private static EmailAddress address(String field, String text) {
        try {
            return EmailAddress.parse(text);
        } catch (MalformedAddress e) {
            throw INVALID_PARAMETER.on(field, e.reason());
        }
    }

    private static String subject(String subject) {
        if (HeaderText.isUnsafe(subject)) {
            throw INVALID_PARAMETER.on("subject", HeaderText.UNSAFE);
        }
        if (subject.length() > MAX_SUBJECT) {
            throw INVALID_PARAMETER.on(
                    "subject", "must have at most %d characters".formatted(MAX_SUBJECT));
        }
        return subject;
    }

    private static @Nullable String body(String field, @Nullable String body) {
        if (body != null && (body.indexOf('\0') >= 0 || !HeaderText.isUnicode(body))) {
            throw INVALID_PARAMETER.on(field, "must not contain NUL characters or invalid Unicode");
        }
        return body;
    }

    private static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static Map<String, String> tags(List<@Nullable TagInput> inputs) {
        if (inputs.size() > MAX_TAGS) {
            throw INVALID_PARAMETER.on("tags", "must have at most %d tags".formatted(MAX_TAGS));
        }
        Map<String, String> tags = new LinkedHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            String place = "tags[%d]".formatted(i);
            TagInput input = required(place, inputs.get(i));
            String name = tag(place + ".name", input.name());
            String value = tag(place + ".value", input.value());
            if (name.startsWith(OWN_TAGS)) {
                throw INVALID_PARAMETER.on(
                        place + ".name",
                        "must not start with `sendex_`, which is reserved for Sendex");
            }
            if (tags.put(name, value) != null) {
                throw INVALID_PARAMETER.on(place + ".name", "is duplicated");
            }
        }
        return tags;
    }

    private static String tag(String field, @Nullable String text) {
        String tag = required(field, text);
        if (!TAG.matcher(tag).matches()) {
            throw INVALID_PARAMETER.on(
                    field, "must be 1 to 256 ASCII letters, digits, underscores or dashes");
        }
        return tag;
    }

    /// An upper bound: everything in base64 with line breaks, the largest encoding that
    /// [MimeComposer] uses, plus room for the headers. A text part that is made from the HTML has
    /// less text, but line breaks instead of tags.
    private static int size(
            int addresses,
            String subject,
            @Nullable String html,
            @Nullable String text,
            Map<String, String> headers,
            List<Attachment> attachments) {
        long bytes = 16 * 1024L + MAX_ENCODED_ADDRESS * addresses + 6L * subject.length();
        for (Map.Entry<String, String> header : headers.entrySet()) {
            bytes += header.getKey().length() + 6L * header.getValue().length();
        }
        bytes += base64(octets(html)) + base64(octets(text));
        if (text == null && html != null && html.length() <= Email.MAX_HTML_FOR_TEXT) {
            bytes += base64(2 * octets(html));
        }
        for (Attachment attachment : attachments) {
            bytes += 2048 + base64(attachment.content().length());
        }
        if (bytes > MAX_EMAIL_SIZE) {
            throw PAYLOAD_TOO_LARGE.because(
                    "Amazon SES takes emails of 10 MB, attachments in base64 included. Make the"
                            + " attachments smaller, or link to them.");
        }
        return (int) bytes;
    }

    /// With each line break as two octets.
    private static long octets(@Nullable String text) {
        return text == null
                ? 0
                : text.getBytes(UTF_8).length + text.chars().filter(c -> c == '\n').count();
    }

    private static long base64(long octets) {
        long encoded = (octets + 2) / 3 * 4;
        return encoded + encoded / 76 * 2 + 2;
    }

    private static <T> T required(String field, @Nullable T value) {
        if (value == null || (value instanceof String text && text.isBlank())) {
            throw missing(field);
        }
        return value;
    }

    private static <T extends @Nullable Object> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static Map<String, @Nullable String> orEmpty(
            @Nullable Map<String, @Nullable String> map) {
        return map == null ? Map.of() : map;
    }

    private static ProblemException missing(String field) {
        return MISSING_REQUIRED_FIELD.on(field, "is required");
    }
}

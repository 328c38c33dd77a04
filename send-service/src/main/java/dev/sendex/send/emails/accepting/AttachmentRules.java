package dev.sendex.send.emails.accepting;

import static dev.sendex.common.problem.Problem.INVALID_ATTACHMENT;
import static dev.sendex.common.problem.Problem.INVALID_PARAMETER;
import static dev.sendex.common.problem.Problem.MISSING_REQUIRED_FIELD;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendex.send.emails.accepting.SendEmail.AttachmentInput;
import dev.sendex.send.message.Email.Attachment;
import dev.sendex.send.message.HeaderText;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.impl.MimeMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Turns attachments into validated ones, or rejects the first that breaks a rule.
final class AttachmentRules {

    private static final int MAX_FILENAME = 255;
    private static final int MAX_CONTENT_TYPE = 500;
    private static final String UNKNOWN_TYPE = "application/octet-stream";
    private static final Pattern CONTENT_ID = Pattern.compile("[!#-;=?-~]{1,128}");
    private static final String TOKEN = "[A-Za-z0-9!#$&^_.+'*-]+";
    private static final Pattern MEDIA_TYPE =
            Pattern.compile(
                    TOKEN
                            + "/"
                            + TOKEN
                            + "([ \t]*;[ \t]*"
                            + TOKEN
                            + "=("
                            + TOKEN
                            + "|\"([ !#-\\[\\]-~]|\\\\[ -~])*\"))*");

    private AttachmentRules() {}

    static List<Attachment> attachments(@Nullable List<@Nullable AttachmentInput> inputs) {
        List<Attachment> attachments = new ArrayList<>();
        if (inputs == null) {
            return attachments;
        }
        for (AttachmentInput input : inputs) {
            String place = "attachments[%d]".formatted(attachments.size());
            attachments.add(attachment(place, required(place, input)));
        }
        return attachments;
    }

    private static Attachment attachment(String place, AttachmentInput input) {
        refusePath(place + ".path", input.path());
        Buffer bytes = required(place + ".content", input.content()).bytes();
        if (bytes == null) {
            throw INVALID_ATTACHMENT.on(
                    place + ".content",
                    "must be base64, an array of bytes, or the JSON form of a Node.js Buffer");
        }
        String filename =
                filename(place + ".filename", required(place + ".filename", input.filename()));
        String contentId = contentId(place + ".content_id", orNull(input.contentId()));
        String given = orNull(input.contentType());
        if (given == null) {
            Attachment derived = new Attachment(filename, type(filename), contentId, bytes);
            return derived.isComposable()
                    ? derived
                    : new Attachment(filename, UNKNOWN_TYPE, contentId, bytes);
        }
        String type = contentType(place + ".content_type", given);
        Attachment attachment = new Attachment(filename, type, contentId, bytes);
        if (!attachment.isComposable()) {
            throw INVALID_ATTACHMENT.on(
                    place + ".content",
                    "cannot be sent as %s: it has NULs or lines of more than 998 bytes"
                            .formatted(attachment.mediaType()));
        }
        return attachment;
    }

    private static void refusePath(String field, @Nullable JsonNode path) {
        boolean absent =
                path == null || path.isNull() || (path.isTextual() && path.asText().isEmpty());
        if (!absent) {
            throw INVALID_PARAMETER.on(field, "is not supported yet; omit it");
        }
    }

    private static String filename(String field, String filename) {
        if (filename.isBlank()
                || filename.length() > MAX_FILENAME
                || HeaderText.isUnsafe(filename)
                || filename.indexOf('/') >= 0
                || filename.indexOf('\\') >= 0) {
            throw INVALID_ATTACHMENT.on(
                    field,
                    "must be a file name of 1 to 255 characters without slashes, control"
                            + " characters or invalid Unicode");
        }
        return filename;
    }

    /// What the end of the name says; the same on every machine.
    private static String type(String filename) {
        String type = MimeMapping.getMimeTypeForFilename(filename.toLowerCase(Locale.ROOT));
        return type == null ? UNKNOWN_TYPE : type;
    }

    private static String contentType(String field, String contentType) {
        if (contentType.length() > MAX_CONTENT_TYPE || !MEDIA_TYPE.matcher(contentType).matches()) {
            throw INVALID_ATTACHMENT.on(field, "must be a media type, such as application/pdf");
        }
        if (contentType.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            throw INVALID_ATTACHMENT.on(
                    field,
                    "must not be multipart; attach an email as message/rfc822, and any other file"
                            + " as what it is");
        }
        return contentType;
    }

    private static @Nullable String contentId(String field, @Nullable String contentId) {
        if (contentId != null && !CONTENT_ID.matcher(contentId).matches()) {
            throw INVALID_ATTACHMENT.on(
                    field,
                    "must be 1 to 128 printable ASCII characters without spaces, quotes, < and >");
        }
        return contentId;
    }

    private static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static <T> T required(String field, @Nullable T value) {
        if (value == null || (value instanceof String text && text.isBlank())) {
            throw MISSING_REQUIRED_FIELD.on(field, "is required");
        }
        return value;
    }
}

package dev.sendex.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The bodies of an email: its first text and its first HTML part, without attachments.
record MailBody(@Nullable String text, @Nullable String html) {

    private static final Pattern BOUNDARY =
            Pattern.compile("boundary=(?:\"([^\"]+)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);
    private static final Pattern CHARSET =
            Pattern.compile("charset=\"?([^\";\\s]+)", Pattern.CASE_INSENSITIVE);
    private static final int MAX_DEPTH = 8;
    private static final MailBody NOTHING = new MailBody(null, null);

    static MailBody of(String raw) {
        return of(RawEmail.parse(raw), 0);
    }

    private static MailBody of(RawEmail part, int depth) {
        String type = or(part.first("Content-Type"), "text/plain");
        String kind = type.toLowerCase(Locale.ROOT);
        Matcher boundary = BOUNDARY.matcher(type);
        if (kind.startsWith("multipart/") && boundary.find() && depth < MAX_DEPTH) {
            return ofParts(part.body(), or(boundary.group(1), boundary.group(2)), depth);
        }
        boolean attached =
                or(part.first("Content-Disposition"), "")
                        .toLowerCase(Locale.ROOT)
                        .startsWith("attachment");
        if (attached) {
            return NOTHING;
        }
        if (kind.startsWith("text/html")) {
            return new MailBody(null, decoded(part, type));
        }
        return kind.startsWith("text/plain") ? new MailBody(decoded(part, type), null) : NOTHING;
    }

    private static MailBody ofParts(String body, String boundary, int depth) {
        MailBody all = NOTHING;
        String[] parts = body.split("(?m)^--" + Pattern.quote(boundary), -1);
        for (int i = 1; i < parts.length && !parts[i].startsWith("--"); i++) {
            MailBody part =
                    of(RawEmail.parse(parts[i].replaceFirst("^[ \\t]*\\r?\\n", "")), depth + 1);
            all =
                    new MailBody(
                            all.text == null ? part.text : all.text,
                            all.html == null ? part.html : all.html);
        }
        return all;
    }

    private static String decoded(RawEmail part, String type) {
        String encoding = or(part.first("Content-Transfer-Encoding"), "").toLowerCase(Locale.ROOT);
        return switch (encoding) {
            case "base64" -> new String(base64(part.body()), charset(type));
            case "quoted-printable" ->
                    new String(
                            EncodedWords.quotedPrintable(
                                    part.body().replaceAll("=[ \\t]*\\r?\\n", "")),
                            charset(type));
            default -> part.body();
        };
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getMimeDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            return text.getBytes(ISO_8859_1);
        }
    }

    private static Charset charset(String type) {
        Matcher charset = CHARSET.matcher(type);
        try {
            return charset.find() ? Charset.forName(charset.group(1)) : UTF_8;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return UTF_8;
        }
    }

    private static String or(@Nullable String text, @Nullable String otherwise) {
        return text != null ? text : otherwise == null ? "" : otherwise;
    }
}

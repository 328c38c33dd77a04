package dev.sendex.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sendex.sandbox.SandboxMessage.Header;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// An email in its raw form, split into header fields and body.
///
/// @param fields each as received, with folded lines and the final line break
/// @param body everything after the empty line
record RawEmail(List<String> fields, String body) {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    static RawEmail parse(byte[] bytes) {
        return parse(text(bytes));
    }

    static RawEmail parse(String email) {
        List<String> fields = new ArrayList<>();
        int position = 0;
        while (position < email.length()) {
            int end = email.indexOf('\n', position) + 1;
            String line = email.substring(position, end == 0 ? email.length() : end);
            position += line.length();
            if (line.isBlank()) {
                break;
            }
            boolean continues = line.charAt(0) == ' ' || line.charAt(0) == '\t';
            if (continues && !fields.isEmpty()) {
                fields.set(fields.size() - 1, fields.getLast() + line);
            } else {
                fields.add(line);
            }
        }
        return new RawEmail(fields, email.substring(position));
    }

    List<Header> headers() {
        return fields.stream().map(RawEmail::header).toList();
    }

    List<String> all(String name) {
        return headers().stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    @Nullable String first(String name) {
        List<String> all = all(name);
        return all.isEmpty() ? null : all.getFirst();
    }

    /// The email as SES sends it: with SES's `Message-ID` and `Date`, without the headers for SES.
    RawEmail sentBySes(String messageId, String region, Instant time) {
        List<String> sent = new ArrayList<>();
        for (String field : fields) {
            String name = header(field).name().toLowerCase(Locale.ROOT);
            if (!name.equals("message-id") && !name.equals("date") && !name.startsWith("x-ses-")) {
                sent.add(field);
            }
        }
        String host = region.equals("us-east-1") ? "email" : region;
        sent.add("Message-ID: <" + messageId + "@" + host + ".amazonses.com>\r\n");
        sent.add("Date: " + DATE.format(time) + "\r\n");
        return new RawEmail(sent, body);
    }

    @Override
    public String toString() {
        return String.join("", fields) + "\r\n" + body;
    }

    private static Header header(String field) {
        int colon = field.indexOf(':');
        if (colon < 0) {
            return new Header(field.strip(), "");
        }
        String unfolded = field.substring(colon + 1).replaceAll("\\r?\\n", "");
        return new Header(field.substring(0, colon).strip(), unfolded.strip());
    }

    private static String text(byte[] bytes) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, ISO_8859_1);
        }
    }
}

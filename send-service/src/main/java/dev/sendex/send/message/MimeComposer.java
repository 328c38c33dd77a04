package dev.sendex.send.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sendex.send.message.Email.Attachment;
import dev.sendex.send.message.Email.Recipient.Kind;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.MimeIOException;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.message.BasicBodyFactory;
import org.apache.james.mime4j.message.BodyPartBuilder;
import org.apache.james.mime4j.message.DefaultMessageWriter;
import org.apache.james.mime4j.message.MultipartBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.apache.james.mime4j.util.ContentUtil;
import org.jspecify.annotations.Nullable;

/// Composes an email as MIME: the bodies as alternatives, then inline content, then attachments.
/// Omits `Bcc`, and also `Message-ID` and `Date`, which SES sets.
public final class MimeComposer {

    private static final BasicBodyFactory BODIES = new BasicBodyFactory();

    private MimeComposer() {}

    public static Buffer compose(Email email) {
        try {
            return Buffer.buffer(octets(email));
        } catch (IOException e) {
            throw new UncheckedIOException("an email in memory could not be written", e);
        }
    }

    private static byte[] octets(Email email) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        octets.write(headers(email).getBytes(US_ASCII));
        new DefaultMessageWriter().writeEntity(content(email), octets);
        return octets.toByteArray();
    }

    private static String headers(Email email) {
        StringBuilder headers = new StringBuilder();
        headers.append(HeaderField.addresses("From", List.of(email.from())));
        addresses(headers, "To", email.shownRecipients(Kind.TO));
        addresses(headers, "Cc", email.shownRecipients(Kind.CC));
        addresses(headers, "Reply-To", email.replyTo());
        headers.append(HeaderField.text("Subject", email.subject()));
        email.headers().forEach((name, value) -> headers.append(HeaderField.custom(name, value)));
        return headers.append("MIME-Version: 1.0\r\n").toString();
    }

    private static void addresses(
            StringBuilder headers, String name, List<EmailAddress> addresses) {
        if (!addresses.isEmpty()) {
            headers.append(HeaderField.addresses(name, addresses));
        }
    }

    private static Entity content(Email email) throws IOException {
        List<Attachment> attached = new ArrayList<>();
        List<Attachment> inline = new ArrayList<>();
        for (Attachment attachment : email.attachments()) {
            (attachment.contentId() == null ? attached : inline).add(attachment);
        }
        return with("mixed", attached, with("related", inline, bodies(email)));
    }

    private static Entity bodies(Email email) throws IOException {
        String html = email.html();
        String text = textPart(email.text(), html);
        if (html == null) {
            return body("plain", text);
        }
        return text.isEmpty()
                ? body("html", html)
                : multipart("alternative", List.of(body("plain", text), body("html", html)));
    }

    /// Made from the HTML unless the email has a text, of which an empty one says that there must
    /// be none.
    private static String textPart(@Nullable String text, @Nullable String html) {
        if (text != null) {
            return text;
        }
        return html == null || html.length() > Email.MAX_HTML_FOR_TEXT ? "" : PlainText.of(html);
    }

    private static Entity with(String subtype, List<Attachment> attachments, Entity content)
            throws IOException {
        if (attachments.isEmpty()) {
            return content;
        }
        List<Entity> parts = new ArrayList<>();
        parts.add(content);
        for (Attachment attachment : attachments) {
            parts.add(part(attachment));
        }
        return multipart(subtype, parts);
    }

    /// A multipart may not claim 7bit around a part in 8bit (RFC 2045, section 6.4).
    private static Entity multipart(String subtype, List<Entity> parts) {
        MultipartBuilder multipart = MultipartBuilder.create(subtype);
        parts.forEach(multipart::addBodyPart);
        BodyPartBuilder entity = BodyPartBuilder.create().setBody(multipart.build());
        if (parts.stream().anyMatch(part -> "8bit".equals(part.getContentTransferEncoding()))) {
            entity.setContentTransferEncoding("8bit");
        }
        return entity.build();
    }

    private static Entity body(String subtype, String text) throws IOException {
        String lines = withCrLf(text);
        return BodyPartBuilder.create()
                .setBody(lines, subtype, UTF_8)
                .setContentTransferEncoding(shorterEncoding(lines.getBytes(UTF_8)))
                .build();
    }

    private static String withCrLf(String text) {
        StringBuilder lines = new StringBuilder(text.length() + text.length() / 16);
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' || c == '\n') {
                lines.append(text, start, i).append("\r\n");
                boolean crLf = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
                i += crLf ? 1 : 0;
                start = i + 1;
            }
        }
        return lines.append(text, start, text.length()).toString();
    }

    /// Quoted-printable triples each octet that it encodes; if more than one in eight needs it,
    /// base64 is shorter.
    private static String shorterEncoding(byte[] octets) {
        long encoded = 0;
        for (byte octet : octets) {
            if (octet < 0 || octet == '=') {
                encoded++;
            }
        }
        return encoded * 8 > octets.length ? "base64" : "quoted-printable";
    }

    private static Entity part(Attachment attachment) throws IOException {
        BodyPartBuilder part = BodyPartBuilder.create();
        part.setBody(BODIES.binaryBody(content(attachment)));
        part.setField(field("Content-Type", attachment.contentType()));
        part.setContentTransferEncoding(encoding(attachment));
        String disposition = attachment.contentId() == null ? "attachment" : "inline";
        part.setField(
                field(
                        "Content-Disposition",
                        disposition + FilenameParameter.of(attachment.filename())));
        if (attachment.contentId() != null) {
            part.setField(field("Content-ID", "<" + attachment.contentId() + ">"));
        }
        return part.build();
    }

    private static byte[] content(Attachment attachment) {
        byte[] octets = attachment.content().getBytes();
        return attachment.isMessage()
                ? withCrLf(new String(octets, ISO_8859_1)).getBytes(ISO_8859_1)
                : octets;
    }

    private static String encoding(Attachment attachment) {
        if (!attachment.isMessage()) {
            return "base64";
        }
        return attachment.isAscii() ? "7bit" : "8bit";
    }

    private static Field field(String name, String value) throws IOException {
        String field = HeaderField.folded(name, value).stripTrailing();
        try {
            return RawFieldParser.DEFAULT.parseField(ContentUtil.encode(field));
        } catch (MimeException e) {
            throw new MimeIOException(e);
        }
    }
}

package dev.sendex.send.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sendex.send.message.Email.Attachment;
import dev.sendex.send.message.Email.Recipient.Kind;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.james.mime4j.codec.EncoderUtil;
import org.apache.james.mime4j.codec.EncoderUtil.Usage;
import org.apache.james.mime4j.dom.Body;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.message.BasicBodyFactory;
import org.apache.james.mime4j.message.BodyPartBuilder;
import org.apache.james.mime4j.message.DefaultMessageWriter;
import org.apache.james.mime4j.message.MultipartBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.RawField;
import org.jspecify.annotations.Nullable;

/// Composes an email as MIME: the bodies as alternatives, then inline content, then attachments.
/// Omits `Bcc`, and also `Message-ID` and `Date`, which SES sets.
public final class MimeComposer {

    private static final Pattern LINE_BREAK = Pattern.compile("\r\n|\r|\n");
    private static final BasicBodyFactory BODIES = new BasicBodyFactory();

    private MimeComposer() {}

    public static Buffer compose(Email email) {
        try {
            return Buffer.buffer(octets(message(email)));
        } catch (IOException e) {
            throw new UncheckedIOException("an email in memory could not be written", e);
        }
    }

    private static byte[] octets(Message message) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        new DefaultMessageWriter().writeMessage(message, octets);
        return octets.toByteArray();
    }

    private static Message message(Email email) throws IOException {
        Message.Builder message = Message.Builder.of();
        message.setFrom(mailbox(email.from()));
        message.setTo(mailboxes(email.shownRecipients(Kind.TO)));
        List<EmailAddress> copies = email.shownRecipients(Kind.CC);
        if (!copies.isEmpty()) {
            message.setCc(mailboxes(copies));
        }
        if (!email.replyTo().isEmpty()) {
            message.setReplyTo(mailboxes(email.replyTo()));
        }
        message.setField(header("Subject", email.subject()));
        email.headers().forEach((name, value) -> message.addField(header(name, value)));
        Entity content = content(email);
        for (Field field : content.getHeader()) {
            message.setField(field);
        }
        return message.setBody(content.getBody()).build();
    }

    private static Entity content(Email email) throws IOException {
        List<Attachment> attached = new ArrayList<>();
        List<Attachment> inline = new ArrayList<>();
        for (Attachment attachment : email.attachments()) {
            (attachment.contentId() == null ? attached : inline).add(attachment);
        }
        return with("mixed", attached, with("related", inline, bodies(email.text(), email.html())));
    }

    private static Entity bodies(@Nullable String text, @Nullable String html) throws IOException {
        if (text == null) {
            return body("html", html == null ? "" : html);
        }
        if (html == null) {
            return body("plain", text);
        }
        return multipart("alternative", List.of(body("plain", text), body("html", html)));
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

    private static Entity multipart(String subtype, List<Entity> parts) {
        MultipartBuilder multipart = MultipartBuilder.create(subtype);
        parts.forEach(multipart::addBodyPart);
        return BodyPartBuilder.create().setBody(multipart.build()).build();
    }

    private static Entity body(String subtype, String text) throws IOException {
        String lines = LINE_BREAK.matcher(text).replaceAll("\r\n");
        return BodyPartBuilder.create()
                .setBody(lines, subtype, UTF_8)
                .setContentTransferEncoding(shorterEncoding(lines.getBytes(UTF_8)))
                .build();
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
        Body content = BODIES.binaryBody(attachment.content().getBytes());
        BodyPartBuilder part = BodyPartBuilder.create();
        part.setBody(content);
        part.setField(new RawField("Content-Type", attachment.contentType()));
        part.setContentTransferEncoding("base64");
        String disposition = attachment.contentId() == null ? "attachment" : "inline";
        part.setField(
                new RawField(
                        "Content-Disposition",
                        disposition + FilenameParameter.of(attachment.filename())));
        if (attachment.contentId() != null) {
            part.setField(new RawField("Content-ID", "<" + attachment.contentId() + ">"));
        }
        return part.build();
    }

    private static Field header(String name, String value) {
        int used = name.length() + 2;
        return new RawField(
                name,
                looksEncoded(value)
                        ? EncoderUtil.encodeEncodedWord(value, Usage.TEXT_TOKEN, used, UTF_8, null)
                        : EncoderUtil.encodeIfNecessary(value, Usage.TEXT_TOKEN, used));
    }

    /// Text that looks like an encoded word (RFC 2047) is encoded, so that mail programs show it as
    /// it was given rather than decode it.
    private static boolean looksEncoded(String text) {
        return text.contains("=?");
    }

    private static Mailbox[] mailboxes(List<EmailAddress> addresses) {
        return addresses.stream().map(MimeComposer::mailbox).toArray(Mailbox[]::new);
    }

    private static Mailbox mailbox(EmailAddress address) {
        return new Mailbox(phrase(address.name()), address.spec().localPart(), address.domain());
    }

    private static @Nullable String phrase(@Nullable String name) {
        return name != null && looksEncoded(name)
                ? EncoderUtil.encodeEncodedWord(name, Usage.WORD_ENTITY, 0, UTF_8, null)
                : name;
    }
}

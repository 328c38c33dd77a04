package dev.sendex.send.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.send.message.Email.Attachment;
import dev.sendex.send.message.Email.Recipient;
import dev.sendex.send.message.Email.Recipient.Kind;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.dom.TextBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MimeComposerTest {

    @Test
    void bodies_are_alternatives_with_the_text_first() throws Exception {
        Message message = read(anEmail("plain é", "<p>html é</p>", List.of()));
        Multipart bodies = (Multipart) message.getBody();
        assertThat(bodies.getSubType()).isEqualTo("alternative");
        assertThat(text(bodies.getBodyParts().get(0))).isEqualTo("plain é");
        assertThat(text(bodies.getBodyParts().get(1))).isEqualTo("<p>html é</p>");
    }

    @Test
    void a_missing_text_is_generated_from_the_html() throws Exception {
        Multipart bodies =
                (Multipart) read(anEmail(null, "<p>Hello &amp; <b>é</b></p>", List.of())).getBody();
        assertThat(bodies.getSubType()).isEqualTo("alternative");
        assertThat(bodies.getBodyParts().get(0).getMimeType()).isEqualTo("text/plain");
        assertThat(text(bodies.getBodyParts().get(0))).isEqualTo("Hello & é");
        assertThat(text(bodies.getBodyParts().get(1))).isEqualTo("<p>Hello &amp; <b>é</b></p>");
    }

    @Test
    void html_without_a_usable_text_is_the_only_body() throws Exception {
        assertThat(read(anEmail("", "<p>Hello</p>", List.of())).getMimeType())
                .isEqualTo("text/html");
        assertThat(read(anEmail(null, "<img src='https://z.example/a'>", List.of())).getMimeType())
                .isEqualTo("text/html");
        String line = "<p>" + "x".repeat(1_000_000);
        assertThat(read(anEmail(null, line, List.of())).getMimeType()).isEqualTo("text/html");
    }

    @Test
    void attachments_follow_the_body_and_keep_their_octets_and_names() throws Exception {
        Buffer octets = Buffer.buffer(new byte[] {0, 13, 10, -1, 46});
        Attachment attachment =
                new Attachment("Zoë's “Rechnung”.pdf", "application/pdf", null, octets);
        Message message = read(anEmail("plain", null, List.of(attachment)));
        Multipart mixed = (Multipart) message.getBody();
        assertThat(mixed.getSubType()).isEqualTo("mixed");
        Entity part = mixed.getBodyParts().get(1);
        assertThat(((SingleBody) part.getBody()).getInputStream().readAllBytes())
                .isEqualTo(octets.getBytes());
        assertThat(part.getHeader().getField("Content-Disposition").getBody())
                .contains("filename*0*=UTF-8''Zo%C3%AB%27s%20%E2%80%9CRechnung%E2%80%9D.pdf");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/calendar; method=REQUEST; charset=UTF-8",
                "text/csv; charset=utf-8; header=present; name=\"a  b, and a name that is long"
                        + " enough to be folded in the middle.csv\"",
            })
    void a_content_type_keeps_its_parameters(String type) throws Exception {
        Attachment attachment = new Attachment("a", type, null, Buffer.buffer("BEGIN"));
        String mail = MimeComposer.compose(anEmail("plain", null, List.of(attachment))).toString();

        assertThat(mail.replace("\r\n ", " ")).contains("\r\nContent-Type: " + type + "\r\n");
        assertThat(attached(mail).getMimeType()).isEqualTo(attachment.mediaType());
    }

    @Test
    void an_attached_email_is_not_encoded() throws Exception {
        String original = "From: a@z.example\nSubject: Grüße\n\nHello %s\r\n";
        for (String word : List.of("ascii", "Zoë")) {
            String content = original.replace("Grüße", "Hi").formatted(word);
            Attachment attachment =
                    new Attachment("a.eml", "message/rfc822", null, Buffer.buffer(content));
            String mail =
                    MimeComposer.compose(anEmail("plain", null, List.of(attachment))).toString();

            String encoding = word.equals("ascii") ? "7bit" : "8bit";
            Entity part = attached(mail);
            assertThat(part.getContentTransferEncoding()).isEqualTo(encoding);
            assertThat(part.getParent().getContentTransferEncoding()).isEqualTo(encoding);
            assertThat(((Message) part.getBody()).getSubject()).isEqualTo("Hi");
            assertThat(mail).contains("\r\n\r\nHello " + word + "\r\n");
        }
    }

    @Test
    void inline_content_is_related_to_the_html() throws Exception {
        Attachment logo = new Attachment("logo.png", "image/png", "logo", Buffer.buffer("png"));
        Message message = read(anEmail(null, "<img src='cid:logo'>", List.of(logo)));
        Multipart related = (Multipart) message.getBody();
        assertThat(related.getSubType()).isEqualTo("related");
        assertThat(related.getBodyParts().get(1).getHeader().getField("Content-ID").getBody())
                .isEqualTo("<logo>");
    }

    @Test
    void names_and_subjects_are_preserved_in_every_script() throws Exception {
        Message message = read(anEmail("plain", null, List.of()));
        assertThat(message.getSubject()).isEqualTo("Grüße 你好 😀 " + "lang ".repeat(60).strip());
        assertThat(message.getFrom().get(0).getName()).isEqualTo("José, Inc.");
        assertThat(message.getHeader().getField("X-Note").getBody()).startsWith("=?");
    }

    @Test
    void text_that_looks_encoded_is_preserved() throws Exception {
        String text = "=?utf-8?q?=0D=0ABcc:_x?= " + "=?utf-8?q?b?= ".repeat(20).strip();
        Email plain = anEmail("plain", null, List.of());
        Email email =
                new Email(
                        plain.accountId(),
                        plain.id(),
                        plain.environment(),
                        plain.createdAt(),
                        EmailAddress.stored(text, "hello@example.com"),
                        plain.recipients(),
                        List.of(),
                        List.of(),
                        text,
                        null,
                        "plain",
                        Map.of("X-Note", text),
                        Map.of(),
                        List.of());

        Message message = read(email);

        assertThat(message.getSubject()).isEqualTo(text);
        assertThat(message.getFrom().get(0).getName()).isEqualTo(text);
        assertThat(
                        DecoderUtil.decodeEncodedWords(
                                message.getHeader().getField("X-Note").getBody(), UTF_8))
                .isEqualTo(text);
        assertThat(message.getBcc()).isNull();
        assertThat(MimeComposer.compose(email).toString().lines())
                .allMatch(line -> line.length() <= 998);
    }

    @Test
    void no_line_exceeds_the_limit_of_smtp() {
        String mail =
                MimeComposer.compose(anEmail("x".repeat(5000), "y".repeat(5000), List.of()))
                        .toString();
        assertThat(mail.lines()).allMatch(line -> line.length() <= 998);
        assertThat(mail.replace("\r\n", "")).doesNotContain("\r").doesNotContain("\n");
    }

    @Test
    void bcc_recipients_are_not_in_the_mail() {
        assertThat(MimeComposer.compose(anEmail("plain", null, List.of())).toString())
                .contains("ada@example.net")
                .doesNotContain("hidden@example.net")
                .doesNotContainIgnoringCase("bcc");
    }

    private static Email anEmail(
            @Nullable String text, @Nullable String html, List<Attachment> attachments) {
        return new Email(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "live",
                Instant.EPOCH,
                EmailAddress.stored("José, Inc.", "hello@example.com"),
                List.of(
                        new Recipient(Kind.TO, EmailAddress.stored("Ada", "ada@example.net")),
                        new Recipient(Kind.BCC, EmailAddress.stored(null, "hidden@example.net"))),
                List.of(),
                List.of(),
                "Grüße 你好 😀 " + "lang ".repeat(60).strip(),
                html,
                text,
                Map.of("X-Note", "völlig"),
                Map.of(),
                attachments);
    }

    private static Message read(Email email) throws IOException {
        byte[] mail = MimeComposer.compose(email).getBytes();
        return new DefaultMessageBuilder().parseMessage(new ByteArrayInputStream(mail));
    }

    private static Entity attached(String mail) throws IOException {
        Message message =
                new DefaultMessageBuilder()
                        .parseMessage(new ByteArrayInputStream(mail.getBytes(UTF_8)));
        return ((Multipart) message.getBody()).getBodyParts().get(1);
    }

    private static String text(Entity part) throws IOException {
        return new String(((TextBody) part.getBody()).getInputStream().readAllBytes(), UTF_8);
    }
}

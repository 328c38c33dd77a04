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
import java.util.stream.IntStream;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Headers on the raw message, and as another parser reads them.
class ComposedHeadersTest {

    private static final String SES_ID =
            "<0102018f5c3e2a1b-0f6c9d1e-4b7a-4c3d-9e2f-8a1b2c3d4e5f-000000@eu-west-1.amazonses.com>";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "List-Unsubscribe | <https://shop.example/u/%s>",
                "List-Unsubscribe | <mailto:u@shop.example?subject=%s>,"
                        + " <https://shop.example/u/%s>",
                "List-Unsubscribe-Post | List-Unsubscribe=One-Click",
                "Feedback-ID | campaign:customer:transactional:%s",
                "X-Payload | {\"order\":\"%s\",\"lines\":[\"1\",\"2\"]}",
                "X-Token | eyJhbGciOiJIUzI1NiJ9.%s.%s",
                "X-Marker | what=?for",
            })
    void ascii_is_sent_unchanged(String name, String template) throws Exception {
        String value = template.replace("%s", "a".repeat(300));

        String mail = compose("Hello", Map.of(name, value));

        assertThat(unfolded(mail)).contains("\r\n" + name + ": " + value + "\r\n");
        assertThat(parsed(mail).getHeader().getField(name).getBody()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"In-Reply-To", "References"})
    void ids_of_a_thread_are_folded_between_ids_only(String name) throws Exception {
        String value = String.join(" ", List.of(SES_ID, SES_ID, SES_ID));

        String mail = compose("Re: Hello", Map.of(name, value));

        assertThat(mail)
                .contains("%s: %s\r\n %s\r\n %s\r\n".formatted(name, SES_ID, SES_ID, SES_ID));
        assertThat(parsed(mail).getHeader().getField(name).getBody()).isEqualTo(value);
    }

    @Test
    void a_word_may_fill_the_line() {
        String value = "x".repeat(998 - "X-Long: ".length());

        assertThat(compose("Hello", Map.of("X-Long", value)))
                .contains("\r\nX-Long: " + value + "\r\n");
    }

    @Test
    void only_the_phrase_before_angle_brackets_is_encoded() throws Exception {
        String mail = compose("Hello", Map.of("List-ID", "\"Grüße, 你好\" <news.shop.example>"));

        String value = parsed(mail).getHeader().getField("List-ID").getBody();
        assertThat(value).matches("=\\?UTF-8\\?B\\?[^?]+\\?= <news\\.shop\\.example>");
        assertThat(decoded(value)).isEqualTo("Grüße, 你好 <news.shop.example>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Grüße 你好",
                "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀",
                "=?utf-8?q?=0D=0ABcc:_x?=",
                "=?utf-8?q?a b?= =?UTF-8?B?eA==?=",
                "two  spaces   three",
                "tab\there",
                " leading and trailing ",
                "\"quoted\" \\ back; semi: <angle> (comment), comma",
                "%41 =41 ?= =? _ &amp; 100%",
                "--boundary",
                "charset=\"UTF-8''x\"",
            })
    void a_parser_decodes_exactly_the_given_characters(String text) throws Exception {
        Email email =
                email(
                        text,
                        EmailAddress.stored(text, "hello@example.com"),
                        Map.of("X-Note", text),
                        new Attachment(text, "text/plain", null, Buffer.buffer("x")));
        String mail = MimeComposer.compose(email).toString();
        Message read = parsed(mail);

        assertThat(read.getSubject()).isEqualTo(text);
        assertThat(read.getFrom().get(0).getName()).isEqualTo(text);
        assertThat(decoded(read.getHeader().getField("X-Note").getBody())).isEqualTo(text.strip());
        Entity part = ((Multipart) read.getBody()).getBodyParts().get(1);
        assertThat(part.getFilename()).isEqualTo(text);
        assertThat(read.getBcc()).isNull();
        assertThat(mail.lines()).allMatch(line -> line.length() <= 998);
        assertThat(mail.lines().takeWhile(line -> !line.isEmpty())).noneMatch(String::isBlank);
    }

    @Test
    void long_text_is_folded_at_single_spaces_or_encoded() throws Exception {
        for (String text :
                List.of(
                        "word ".repeat(150).strip(),
                        "a" + " ".repeat(400) + "b",
                        "x".repeat(998),
                        "ü".repeat(998))) {
            String mail = compose(text, Map.of("X-" + "long-name-".repeat(7), "ü" + text));

            assertThat(parsed(mail).getSubject()).isEqualTo(text);
            assertThat(mail.lines()).allMatch(line -> line.length() <= 998);
            assertThat(mail.lines().takeWhile(line -> !line.isEmpty())).noneMatch(String::isBlank);
        }
    }

    @Test
    void a_long_list_of_recipients_is_folded_between_them() throws Exception {
        List<Recipient> recipients =
                IntStream.range(0, 50)
                        .mapToObj(i ->
                                new Recipient(
                                        Kind.TO,
                                        EmailAddress.stored(
                                                "Zoë, No. " + i, "r" + i + "@z.example")))
                        .toList();
        Email email = email("Hello", EmailAddress.stored(null, "a@z.example"), Map.of());
        Message read = parsed(MimeComposer.compose(withRecipients(email, recipients)).toString());

        assertThat(read.getTo().flatten()).hasSize(50);
        assertThat(read.getTo().flatten().get(49).getName()).isEqualTo("Zoë, No. 49");
        assertThat(read.getTo().flatten().get(49).getAddress()).isEqualTo("r49@z.example");
    }

    private static String compose(String subject, Map<String, String> headers) {
        return MimeComposer.compose(
                        email(subject, EmailAddress.stored(null, "hello@example.com"), headers))
                .toString();
    }

    private static Email email(
            String subject,
            EmailAddress from,
            Map<String, String> headers,
            Attachment... attachments) {
        return new Email(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "live",
                Instant.EPOCH,
                from,
                List.of(new Recipient(Kind.TO, EmailAddress.stored(null, "ada@example.net"))),
                List.of(),
                List.of(),
                subject,
                null,
                "Hello",
                headers,
                Map.of(),
                List.of(attachments));
    }

    private static Email withRecipients(Email email, List<Recipient> recipients) {
        return new Email(
                email.accountId(),
                email.id(),
                email.environment(),
                email.createdAt(),
                email.from(),
                recipients,
                email.suppressed(),
                email.replyTo(),
                email.subject(),
                email.html(),
                email.text(),
                email.headers(),
                email.tags(),
                email.attachments());
    }

    private static String unfolded(String mail) {
        return mail.replace("\r\n ", " ");
    }

    private static Message parsed(String mail) throws IOException {
        return new DefaultMessageBuilder()
                .parseMessage(new ByteArrayInputStream(mail.getBytes(UTF_8)));
    }

    private static String decoded(String value) {
        return DecoderUtil.decodeEncodedWords(value, UTF_8);
    }
}

package dev.sendex.send.emails.accepting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendex.common.problem.Problem;
import dev.sendex.common.problem.ProblemException;
import dev.sendex.send.emails.accepting.SendEmail.AttachmentInput;
import dev.sendex.send.message.Email.Attachment;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttachmentRulesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/calendar; method=REQUEST; charset=UTF-8",
                "text/csv;charset=utf-8",
                "text/plain ; charset=\"utf-8\" ;  format=flowed",
                "text/plain; charset=utf-8; name=\"a \\\"b\\\".txt\"",
            })
    void a_content_type_keeps_its_parameters(String type) {
        for (String member : List.of("content_type", "contentType")) {
            assertThat(accepted(with(member, type)).contentType()).isEqualTo(type);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pdf",
                "text/",
                "text/plain; charset",
                "text/plain; charset=\"x",
                "text/plain\r\nX: y",
                "multipart/mixed",
                "Multipart/Alternative; boundary=x",
            })
    void any_other_content_type_is_refused(String type) {
        assertThat(refused(with("content_type", type)).errors().getFirst().field())
                .isEqualTo("attachments[0].content_type");
    }

    @ParameterizedTest
    @CsvSource({
        "invoice.pdf, application/pdf",
        "INVOICE.PDF, application/pdf",
        "logo.png, image/png",
        "photo.jpeg, image/jpeg",
        "invite.ics, text/calendar",
        "table.csv, text/csv",
        "page.html, text/html",
        "sheet.xlsx, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "letter.docx, application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "archive.zip, application/zip",
        "data.json, application/json",
        "data, application/octet-stream",
        "data.unknown, application/octet-stream",
        "pdf, application/octet-stream",
    })
    void a_missing_content_type_is_derived_from_the_filename(String filename, String type) {
        assertThat(accepted(file(filename)).contentType()).isEqualTo(type);
        for (String absent : Arrays.asList("", null)) {
            Map<String, Object> attachment = new HashMap<>(file(filename));
            attachment.put("content_type", absent);
            attachment.put("content_id", absent);
            attachment.put("path", absent);
            assertThat(accepted(attachment)).isEqualTo(accepted(file(filename)));
        }
    }

    @Test
    void an_attached_email_must_have_the_lines_of_an_email() {
        for (byte[] content : List.of(new byte[] {'a', 0}, "x".repeat(999).getBytes(UTF_8))) {
            String base64 = Base64.getEncoder().encodeToString(content);
            Map<String, Object> named = Map.of("filename", "a.eml", "content", base64);
            Map<String, Object> typed = new HashMap<>(named);
            typed.put("content_type", "message/rfc822");

            assertThat(refused(typed).errors().getFirst().field())
                    .isEqualTo("attachments[0].content");
            assertThat(accepted(named).contentType()).isEqualTo("application/octet-stream");
        }
        assertThat(accepted(file("a.eml")).contentType()).isEqualTo("message/rfc822");
    }

    @ParameterizedTest
    @ValueSource(strings = {"content_id", "contentId", "inline_content_id"})
    void the_content_id_is_accepted_under_every_name_that_sdks_use(String member) {
        Map<String, Object> attachment = new HashMap<>(file("a.png"));
        attachment.put(member, "logo");

        assertThat(accepted(attachment)).extracting(Attachment::contentId).isEqualTo("logo");
    }

    @Test
    void attachments_may_be_base64_bytes_or_a_buffer() {
        Map<String, Object> buffer =
                Map.of(
                        "filename",
                        "a.txt",
                        "content",
                        Map.of("type", "Buffer", "data", List.of(104, 105)));
        Map<String, Object> base64 = Map.of("filename", "a.txt", "content", "aGk=");
        Map<String, Object> bytes = Map.of("filename", "a.txt", "content", List.of(104, 105));
        for (Map<String, Object> attachment : List.of(buffer, base64, bytes)) {
            assertThat(accepted(attachment).content().toString()).isEqualTo("hi");
        }
    }

    @Test
    void attachments_of_any_other_form_are_refused() {
        for (Object content :
                List.of(
                        "a*b",
                        "YQ=",
                        "a",
                        "Zm9v YmFy",
                        "data:text/plain;base64,aGk=",
                        "__--",
                        7,
                        List.of(256),
                        List.of("a"),
                        Map.of("data", List.of(1)),
                        Map.of("type", "Buffer", "data", List.of(256)),
                        Map.of("type", "Buffer"),
                        Map.of("type", "Buffer", "data", "x"))) {
            Map<String, Object> attachment = Map.of("filename", "a.txt", "content", content);
            ProblemException problem = refused(attachment);
            assertThat(problem.errors().getFirst().field()).isEqualTo("attachments[0].content");
        }
    }

    @Test
    void a_path_is_refused_and_named() {
        Map<String, Object> attachment = new HashMap<>(file("a.txt"));
        attachment.put("path", "https://example.com/a");
        assertThat(problem(attachment).errors().getFirst().field())
                .isEqualTo("attachments[0].path");
    }

    private static Map<String, Object> file(String name) {
        return Map.of("filename", name, "content", "aGk=");
    }

    private static Map<String, Object> with(String member, Object value) {
        Map<String, Object> attachment = new HashMap<>(file("a.txt"));
        attachment.put(member, value);
        return attachment;
    }

    private static Attachment accepted(Map<String, Object> attachment) {
        try {
            AttachmentInput input =
                    JSON.readValue(JSON.writeValueAsString(attachment), AttachmentInput.class);
            return AttachmentRules.attachments(List.of(input)).getFirst();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ProblemException refused(Map<String, Object> attachment) {
        ProblemException problem = problem(attachment);
        assertThat(problem.problem())
                .as(attachment::toString)
                .isEqualTo(Problem.INVALID_ATTACHMENT);
        return problem;
    }

    private static ProblemException problem(Map<String, Object> attachment) {
        ProblemException problem =
                catchThrowableOfType(ProblemException.class, () -> accepted(attachment));
        assertThat(problem).as(attachment::toString).isNotNull();
        return problem;
    }
}

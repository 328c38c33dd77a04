package dev.sendex.send.emails.accepting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendex.common.problem.Problem;
import dev.sendex.common.problem.ProblemException;
import dev.sendex.common.problem.ProblemException.FieldError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailRulesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void an_empty_text_is_preserved_but_is_not_a_body_by_itself() {
        assertThat(draft(with("text", "")).text()).isEmpty();
        assertThat(draft(email()).text()).isNull();
        Map<String, Object> email = with("text", "");
        email.put("html", "");
        refused(email, Problem.MISSING_REQUIRED_FIELD);
        email.put("text", "Hello");
        assertThat(draft(email).html()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\nBcc: eve@example.net",
                "\nX: y",
                "\r",
                "\u0000",
                "\u2029",
                "\ud83d",
                "\ude00",
                "\ude00\ud83d"
            })
    void header_injection_is_refused_in_every_member(String injection) {
        for (String member : List.of("from", "to", "cc", "bcc", "reply_to")) {
            refused(
                    with(member, "Eve" + injection + " <eve@example.net>"),
                    Problem.INVALID_PARAMETER);
            refused(with(member, "eve@example.net" + injection + "x"), Problem.INVALID_PARAMETER);
        }
        refused(with("subject", "Hello" + injection + "x"), Problem.INVALID_PARAMETER);
        refused(
                with("headers", Map.of("X-Note", "a" + injection + "b")),
                Problem.INVALID_PARAMETER);
        refused(with("headers", Map.of("X-" + injection, "a")), Problem.INVALID_PARAMETER);
        refused(
                with("attachments", List.of(file("a" + injection + ".txt"))),
                Problem.INVALID_ATTACHMENT);
        Map<String, Object> typed = new HashMap<>(file("a.txt"));
        typed.put("content_type", "text/plain" + injection);
        refused(with("attachments", List.of(typed)), Problem.INVALID_ATTACHMENT);
        Map<String, Object> shown = new HashMap<>(file("a.txt"));
        shown.put("content_id", "a" + injection);
        refused(with("attachments", List.of(shown)), Problem.INVALID_ATTACHMENT);
        refused(
                with("tags", List.of(Map.of("name", "a" + injection, "value", "b"))),
                Problem.INVALID_PARAMETER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bcc",
                "bcc",
                "X-SES-CONFIGURATION-SET",
                "x-ses-message-tags",
                "Return-Path",
                "DKIM-Signature",
                "Date",
                "Message-ID",
                "Content-Type",
                "MIME-Version",
                "From",
                "To",
                "Cc",
                "Sender",
                "Subject",
                "Reply-To",
                "X Bad",
                "X:Bad",
                "Ünicode",
                ""
            })
    void headers_that_callers_must_not_set_are_refused(String name) {
        refused(with("headers", Map.of(name, "value")), Problem.INVALID_PARAMETER);
    }

    @Test
    void text_that_is_not_unicode_is_refused_and_not_changed() {
        for (String member : List.of("html", "text", "subject")) {
            ProblemException problem =
                    refused(with(member, "a\ud83d b"), Problem.INVALID_PARAMETER);
            assertThat(problem.errors().getFirst().field()).isEqualTo(member);
            assertThat(draft(with(member, "a\ud83d\ude00b"))).isNotNull();
        }
        refused(with("headers", Map.of("X-Note", "a\ude00")), Problem.INVALID_PARAMETER);
    }

    @Test
    void headers_whose_names_differ_in_case_are_refused() {
        ProblemException problem =
                refused(
                        with("headers", Map.of("X-Note", "a", "x-NOTE", "b")),
                        Problem.INVALID_PARAMETER);
        assertThat(problem.errors().getFirst().field()).matches("headers\\.[Xx]-N.*");
    }

    @Test
    void headers_without_a_value_are_treated_as_absent() {
        Map<String, Object> headers = new HashMap<>(Map.of("X-Note", "a"));
        headers.put("x-note", null);
        headers.put("X-Other", null);
        assertThat(draft(with("headers", headers)).headers()).isEqualTo(Map.of("X-Note", "a"));
        refused(with("headers", Map.of("X-Note", "")), Problem.INVALID_PARAMETER);
    }

    @Test
    void headers_that_callers_may_set_are_accepted() {
        Draft draft =
                draft(
                        with(
                                "headers",
                                Map.of(
                                        "X-Entity-Ref-ID",
                                        "1",
                                        "List-Unsubscribe",
                                        "<mailto:a@b.cd>")));
        assertThat(draft.headers()).containsEntry("X-Entity-Ref-ID", "1").hasSize(2);
    }

    @Test
    void a_header_may_be_long_and_each_of_its_words_as_long_as_a_line() {
        String line = "x".repeat(998 - "X-Long: ".length());
        String references = "<a@b.example> ".repeat(500).strip();
        assertThat(
                        draft(with("headers", Map.of("X-Long", line, "References", references)))
                                .headers())
                .containsEntry("X-Long", line)
                .containsEntry("References", references);
        ProblemException tooLong =
                refused(with("headers", Map.of("X-Long", line + "x")), Problem.INVALID_PARAMETER);
        assertThat(tooLong.errors().getFirst().field()).isEqualTo("headers.X-Long");
        refused(with("headers", Map.of("X-Long", "word ".repeat(2001))), Problem.INVALID_PARAMETER);
    }

    @Test
    void headers_that_programs_parse_must_be_ascii_apart_from_a_name() {
        for (String name :
                List.of("List-Unsubscribe", "In-Reply-To", "references", "Feedback-ID")) {
            refused(
                    with("headers", Map.of(name, "<https://shop.example/ü>")),
                    Problem.INVALID_PARAMETER);
        }
        Map<String, String> headers =
                Map.of("List-ID", "Grüße <news.shop.example>", "X-Note", "Grüße");
        assertThat(draft(with("headers", headers)).headers()).isEqualTo(headers);
    }

    @Test
    void an_address_that_ses_does_not_support_is_named() {
        for (String bad :
                List.of(
                        "\"john doe\"@shop.example",
                        "jörg@shop.example",
                        "a..b@shop.example",
                        "a@localhost")) {
            for (String member : List.of("to", "cc", "bcc", "reply_to")) {
                ProblemException problem =
                        refused(
                                with(member, List.of("ok@shop.example", bad)),
                                Problem.INVALID_PARAMETER);
                assertThat(problem.errors().getFirst().field()).isEqualTo(member + "[1]");
            }
            ProblemException problem = refused(with("from", bad), Problem.INVALID_PARAMETER);
            assertThat(problem.errors().getFirst().field()).isEqualTo("from");
        }
    }

    @Test
    void an_email_has_one_sender() {
        for (String two :
                List.of(
                        "a@shop.example, b@shop.example",
                        "A <a@shop.example>, B <b@shop.example>",
                        "<a@shop.example> <b@shop.example>")) {
            refused(with("from", two), Problem.INVALID_PARAMETER);
        }
        refused(with("headers", Map.of("from", "b@shop.example")), Problem.INVALID_PARAMETER);
        refused(with("headers", Map.of("Sender", "b@shop.example")), Problem.INVALID_PARAMETER);
    }

    @Test
    void missing_required_members_are_named() {
        for (String member : List.of("from", "to", "subject", "html")) {
            Map<String, Object> email = email();
            email.remove(member);
            ProblemException problem = refused(email, Problem.MISSING_REQUIRED_FIELD);
            assertThat(problem.errors().getFirst().field()).isEqualTo(member);
        }
        refused(with("to", List.of()), Problem.MISSING_REQUIRED_FIELD);
    }

    @Test
    void addresses_may_be_a_string_or_a_list() {
        assertThat(draft(with("to", "ada@example.net")).recipients()).hasSize(1);
        assertThat(draft(with("to", List.of("ada@example.net", "bob@example.net"))).recipients())
                .hasSize(2);
        List<String> withNull = new ArrayList<>();
        withNull.add(null);
        refused(with("to", withNull), Problem.MISSING_REQUIRED_FIELD);
    }

    @Test
    void replies_go_to_at_most_fifty_addresses() {
        List<String> fifty = Collections.nCopies(50, "ada@example.net");
        assertThat(draft(with("reply_to", fifty)).replyTo()).hasSize(50);
        List<String> more = Collections.nCopies(51, "ada@example.net");
        assertThat(refused(with("reply_to", more), Problem.INVALID_PARAMETER).errors())
                .extracting(FieldError::field)
                .containsExactly("reply_to");
    }

    @Test
    void tags_with_invalid_characters_are_refused() {
        assertThat(draft(with("tags", List.of(Map.of("name", "a_B-9", "value", "x")))).tags())
                .containsEntry("a_B-9", "x");
        for (String bad : List.of("", "a b", "ä", "a.b", "x".repeat(257))) {
            ProblemException problem =
                    problem(with("tags", List.of(Map.of("name", bad, "value", "x"))));
            assertThat(problem.problem().status()).isEqualTo(422);
        }
        refused(
                with("tags", List.of(Map.of("name", "sendex_email_id", "value", "x"))),
                Problem.INVALID_PARAMETER);
        Map<String, Object> tag = Map.of("name", "a", "value", "x");
        refused(with("tags", List.of(tag, tag)), Problem.INVALID_PARAMETER);
    }

    @Test
    void empty_values_from_sdks_are_treated_as_absent() {
        assertThat(draft(with("headers", List.of())).headers()).isEmpty();
        for (String member : List.of("cc", "bcc", "reply_to")) {
            for (Object absent : Arrays.asList("", List.of(), List.of(""), null)) {
                assertThat(draft(with(member, absent))).isEqualTo(draft(email()));
            }
        }
        refused(with("to", ""), Problem.MISSING_REQUIRED_FIELD);
        Map<String, Object> attachment = new HashMap<>(file("a.txt"));
        attachment.put("path", "");
        assertThat(draft(with("attachments", List.of(attachment))).attachments()).hasSize(1);
    }

    private static Map<String, Object> file(String name) {
        return Map.of("filename", name, "content", "aGk=");
    }

    private static Map<String, Object> email() {
        return new HashMap<>(
                Map.of(
                        "from",
                        "hello@example.com",
                        "to",
                        "ada@example.net",
                        "subject",
                        "Hello",
                        "html",
                        "<p>Hello</p>"));
    }

    private static Map<String, Object> with(String member, Object value) {
        Map<String, Object> email = email();
        email.put(member, value);
        return email;
    }

    private static ProblemException refused(Map<String, Object> email, Problem expected) {
        ProblemException problem = problem(email);
        assertThat(problem).as(email::toString).isNotNull();
        assertThat(problem.problem()).as(email::toString).isEqualTo(expected);
        return problem;
    }

    private static ProblemException problem(Map<String, Object> email) {
        return catchThrowableOfType(ProblemException.class, () -> draft(email));
    }

    private static Draft draft(Map<String, Object> email) {
        try {
            return EmailRules.draft(
                    JSON.readValue(JSON.writeValueAsString(email), SendEmail.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

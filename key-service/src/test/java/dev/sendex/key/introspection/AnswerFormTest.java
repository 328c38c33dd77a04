package dev.sendex.key.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerFormTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/token-introspection+jwt",
                "Application/Token-Introspection+JWT",
                "application/token-introspection+jwt;q=0.2, */*;q=0.1",
                "application/json, application/token-introspection+jwt",
                "application/json;q=0.9,application/token-introspection+jwt ; q=0.9"
            })
    void a_client_that_accepts_the_signed_format_gets_it(String accept) {
        assertThat(AnswerForm.preferredBy(List.of(accept))).isEqualTo(AnswerForm.JWT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "*/*",
                "text/html",
                "",
                ",;,;q=",
                "application/token-introspection+jwt;q=0",
                "application/token-introspection+jwt;q=many",
                "application/token-introspection+jwt;q=0.5, application/json"
            })
    void other_clients_get_json(String accept) {
        assertThat(AnswerForm.preferredBy(List.of(accept))).isEqualTo(AnswerForm.JSON);
    }

    @Test
    void several_headers_are_combined() {
        assertThat(
                        AnswerForm.preferredBy(
                                List.of("text/html", "application/token-introspection+jwt")))
                .isEqualTo(AnswerForm.JWT);
        assertThat(AnswerForm.preferredBy(List.of())).isEqualTo(AnswerForm.JSON);
    }
}

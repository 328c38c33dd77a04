package dev.sendex.common.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTokenTest {

    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private final SecureRandom random = new SecureRandom();

    @ParameterizedTest
    @EnumSource(Environment.class)
    void a_token_contains_its_key_id_and_environment(Environment environment) {
        UUID keyId = UUID.randomUUID();

        ApiKeyToken parsed = ApiKeyToken.parse(token(environment, keyId).value());

        assertThat(parsed.keyId()).isEqualTo(keyId);
        assertThat(parsed.environment()).isEqualTo(environment);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000-0000-0000-0000-000000000000",
                "ffffffff-ffff-ffff-ffff-ffffffffffff",
                "00000000-0000-0000-8000-000000000000"
            })
    void the_smallest_and_largest_ids_are_preserved(String id) {
        UUID keyId = UUID.fromString(id);

        assertThat(ApiKeyToken.parse(token(Environment.LIVE, keyId).value()).keyId())
                .isEqualTo(keyId);
    }

    @Test
    void every_token_matches_the_documented_pattern() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(token(Environment.TEST, UUID.randomUUID()).value())
                    .matches("sk_(live|test)_[0-9A-Za-z]{60}");
        }
    }

    @Test
    void a_change_of_any_single_character_is_detected() {
        String token = token(Environment.LIVE, UUID.randomUUID()).value();
        for (int i = 8; i < token.length(); i++) {
            char other = DIGITS.charAt((DIGITS.indexOf(token.charAt(i)) + 1) % DIGITS.length());
            String changed = token.substring(0, i) + other + token.substring(i + 1);

            assertThat(ApiKeyToken.parse(changed)).as("changed at %d", i).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sk_live_",
                "sk_prod_000000000000000000000000000000000000000000000000000000000000",
                "sk_live_000000000000000000000000000000000000000000000000000000000000",
                "sk_live_ééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé"
            })
    void a_malformed_token_is_not_parsed(String text) {
        assertThat(ApiKeyToken.parse(text)).isNull();
    }

    @Test
    void two_tokens_of_one_key_differ() {
        UUID keyId = UUID.randomUUID();
        Set<String> tokens = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            tokens.add(token(Environment.LIVE, keyId).value());
        }

        assertThat(tokens).hasSize(100);
    }

    @Test
    void to_string_does_not_contain_the_token() {
        ApiKeyToken token = token(Environment.LIVE, UUID.randomUUID());

        assertThat(token.toString()).doesNotContain(token.value().substring(8, 20));
        assertThat(token.hint()).isEqualTo("sk_live_…" + token.value().substring(64));
    }

    private ApiKeyToken token(Environment environment, UUID keyId) {
        return ApiKeyToken.generate(environment, keyId, random);
    }
}

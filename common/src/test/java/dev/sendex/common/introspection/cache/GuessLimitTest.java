package dev.sendex.common.introspection.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.common.introspection.Grants;
import dev.sendex.common.introspection.Introspection;
import dev.sendex.common.introspection.Introspection.Active;
import dev.sendex.common.introspection.Introspection.Inactive;
import dev.sendex.common.token.ApiKeyToken;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuessLimitTest {

    private static final int LIMIT = 3;
    private static final String GUESSER = "198.51.100.7";
    private static final String OTHER = "198.51.100.8";

    private final IntrospectionFixture fixture =
            new IntrospectionFixture(
                    Map.of("call-timeout", "10s", "unknown-per-minute", String.valueOf(LIMIT)));

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_client_that_guesses_is_held_back() {
        guess(GUESSER);
        assertThat(fixture.holdsBack(Grants.aToken(), GUESSER)).isTrue();
    }

    @Test
    void its_first_unknown_tokens_are_answered() {
        for (int i = 0; i < LIMIT; i++) {
            ApiKeyToken token = Grants.aToken();
            assertThat(fixture.holdsBack(token, GUESSER)).isFalse();
            assertThat(fixture.ask(token, GUESSER)).isInstanceOf(Inactive.class);
        }
    }

    @Test
    void others_ask_on() {
        guess(GUESSER);

        assertThat(fixture.holdsBack(Grants.aToken(), OTHER)).isFalse();
        assertThat(fixture.ask(fixture.aKey(), OTHER)).isInstanceOf(Active.class);
    }

    @Test
    void a_known_key_goes_on_and_is_renewed_beside_guesses_from_its_own_address() {
        ApiKeyToken token = fixture.aKey();
        fixture.ask(token, GUESSER);
        guess(GUESSER);

        assertThat(fixture.holdsBack(token, GUESSER)).isFalse();

        fixture.grant(token, 7);
        fixture.time.advance(Duration.ofSeconds(30));
        assertThat(fixture.holdsBack(token, GUESSER)).isFalse();
        assertThat(version(fixture.ask(token, GUESSER))).isEqualTo(7);
    }

    @Test
    void a_key_that_changed_is_asked_about_beside_guesses_from_its_own_address() {
        ApiKeyToken token = fixture.aKey();
        fixture.ask(token, GUESSER);
        guess(GUESSER);

        fixture.grant(token, 2);
        fixture.evictions.evict(token.keyId(), 2);
        assertThat(fixture.holdsBack(token, GUESSER)).isFalse();
        assertThat(version(fixture.ask(token, GUESSER))).isEqualTo(2);

        fixture.grant(token, 3);
        fixture.evictions.evictAll();
        assertThat(fixture.holdsBack(token, GUESSER)).isFalse();
        assertThat(version(fixture.ask(token, GUESSER))).isEqualTo(3);
    }

    @Test
    void a_revoked_key_is_asked_about_once_and_a_guess_from_then_on() {
        ApiKeyToken token = fixture.aKey();
        fixture.ask(token, GUESSER);
        guess(GUESSER);

        fixture.authority.forget(token.value());
        fixture.evictions.evict(token.keyId(), 2);
        assertThat(fixture.holdsBack(token, GUESSER)).isFalse();
        assertThat(fixture.ask(token, GUESSER)).isInstanceOf(Inactive.class);
        assertThat(fixture.holdsBack(token, GUESSER)).isFalse();

        fixture.time.advance(Duration.ofSeconds(10));
        assertThat(fixture.holdsBack(token, GUESSER)).isTrue();
    }

    @Test
    void a_guess_stays_one_though_the_key_of_that_id_changes() {
        ApiKeyToken wrong = Grants.aToken();
        fixture.ask(wrong, GUESSER);
        guess(GUESSER);

        fixture.evictions.evict(wrong.keyId(), 2);

        assertThat(fixture.holdsBack(wrong, GUESSER)).isTrue();
    }

    @Test
    void an_answer_too_old_to_be_used_protects_no_guess() {
        ApiKeyToken wrong = Grants.aToken();
        fixture.authority.delay(Duration.ofSeconds(1));
        CompletableFuture<Introspection> answer = fixture.inFlight(wrong);
        fixture.time.advance(Duration.ofSeconds(5)); // age counts from the question
        answer.join();
        fixture.authority.recover();
        guess(GUESSER);
        assertThat(fixture.holdsBack(wrong, GUESSER)).isFalse();

        fixture.time.advance(Duration.ofSeconds(6));

        assertThat(fixture.holdsBack(wrong, GUESSER)).isTrue();
    }

    @Test
    void new_keys_of_that_address_wait_for_the_minute_to_end() {
        guess(GUESSER);
        ApiKeyToken token = fixture.aKey();
        assertThat(fixture.holdsBack(token, GUESSER)).isTrue();

        fixture.time.advance(Duration.ofMinutes(1));

        assertThat(fixture.holdsBack(token, GUESSER)).isFalse();
        assertThat(fixture.ask(token, GUESSER)).isInstanceOf(Active.class);
    }

    @Test
    void one_unknown_token_presented_again_and_again_is_one() {
        ApiKeyToken revoked = Grants.aToken();
        for (int i = 0; i < 10 * LIMIT; i++) {
            assertThat(fixture.ask(revoked, GUESSER)).isInstanceOf(Inactive.class);
        }
        assertThat(fixture.holdsBack(revoked, GUESSER)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2::7, 2001:db8:1:2:ffff::8, true",
        "2001:db8:1:2::7, 2001:db8:1:3::7, false",
        "198.51.100.7, c633:6407::, false"
    })
    void a_client_is_an_ipv4_address_or_an_ipv6_subnet(
            String guesser, String address, boolean same) {
        guess(guesser);

        assertThat(fixture.holdsBack(Grants.aToken(), address)).isEqualTo(same);
    }

    @Test
    void those_from_nowhere_are_one_client() {
        guess(null);

        assertThat(fixture.holdsBack(Grants.aToken(), null)).isTrue();
    }

    private static long version(Introspection answer) {
        return ((Active) answer).grant().version();
    }

    private void guess(String client) {
        for (int i = 0; i < LIMIT; i++) {
            fixture.ask(Grants.aToken(), client);
        }
    }
}

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
    void a_client_that_guesses_is_throttled() {
        guess(GUESSER);
        assertThat(fixture.isThrottled(Grants.aToken(), GUESSER)).isTrue();
    }

    @Test
    void unknown_tokens_below_the_limit_are_looked_up() {
        for (int i = 0; i < LIMIT; i++) {
            ApiKeyToken token = Grants.aToken();
            assertThat(fixture.isThrottled(token, GUESSER)).isFalse();
            assertThat(fixture.introspect(token, GUESSER)).isInstanceOf(Inactive.class);
        }
    }

    @Test
    void other_clients_are_not_throttled() {
        guess(GUESSER);

        assertThat(fixture.isThrottled(Grants.aToken(), OTHER)).isFalse();
        assertThat(fixture.introspect(fixture.aKey(), OTHER)).isInstanceOf(Active.class);
    }

    @Test
    void a_cached_key_stays_usable_and_is_refreshed_despite_guesses_from_its_own_address() {
        ApiKeyToken token = fixture.aKey();
        fixture.introspect(token, GUESSER);
        guess(GUESSER);

        assertThat(fixture.isThrottled(token, GUESSER)).isFalse();

        fixture.grant(token, 7);
        fixture.time.advance(Duration.ofSeconds(30));
        assertThat(fixture.isThrottled(token, GUESSER)).isFalse();
        assertThat(version(fixture.introspect(token, GUESSER))).isEqualTo(7);
    }

    @Test
    void a_changed_key_is_looked_up_despite_guesses_from_its_own_address() {
        ApiKeyToken token = fixture.aKey();
        fixture.introspect(token, GUESSER);
        guess(GUESSER);

        fixture.grant(token, 2);
        fixture.evictions.evict(token.keyId(), 2);
        assertThat(fixture.isThrottled(token, GUESSER)).isFalse();
        assertThat(version(fixture.introspect(token, GUESSER))).isEqualTo(2);

        fixture.grant(token, 3);
        fixture.evictions.evictAll();
        assertThat(fixture.isThrottled(token, GUESSER)).isFalse();
        assertThat(version(fixture.introspect(token, GUESSER))).isEqualTo(3);
    }

    @Test
    void a_revoked_key_is_looked_up_once_and_counts_as_a_guess_afterwards() {
        ApiKeyToken token = fixture.aKey();
        fixture.introspect(token, GUESSER);
        guess(GUESSER);

        fixture.authority.revoke(token.value());
        fixture.evictions.evict(token.keyId(), 2);
        assertThat(fixture.isThrottled(token, GUESSER)).isFalse();
        assertThat(fixture.introspect(token, GUESSER)).isInstanceOf(Inactive.class);
        assertThat(fixture.isThrottled(token, GUESSER)).isFalse();

        fixture.time.advance(Duration.ofSeconds(10));
        assertThat(fixture.isThrottled(token, GUESSER)).isTrue();
    }

    @Test
    void a_change_of_the_key_does_not_admit_guesses_with_its_id() {
        ApiKeyToken wrong = Grants.aToken();
        fixture.introspect(wrong, GUESSER);
        guess(GUESSER);

        fixture.evictions.evict(wrong.keyId(), 2);

        assertThat(fixture.isThrottled(wrong, GUESSER)).isTrue();
    }

    @Test
    void an_expired_response_does_not_admit_a_guess() {
        ApiKeyToken wrong = Grants.aToken();
        fixture.authority.delay(Duration.ofSeconds(1));
        CompletableFuture<Introspection> response = fixture.inFlight(wrong);
        fixture.time.advance(Duration.ofSeconds(5)); // the age counts from the request
        response.join();
        fixture.authority.recover();
        guess(GUESSER);
        assertThat(fixture.isThrottled(wrong, GUESSER)).isFalse();

        fixture.time.advance(Duration.ofSeconds(6));

        assertThat(fixture.isThrottled(wrong, GUESSER)).isTrue();
    }

    @Test
    void new_keys_of_that_address_are_admitted_after_the_minute() {
        guess(GUESSER);
        ApiKeyToken token = fixture.aKey();
        assertThat(fixture.isThrottled(token, GUESSER)).isTrue();

        fixture.time.advance(Duration.ofMinutes(1));

        assertThat(fixture.isThrottled(token, GUESSER)).isFalse();
        assertThat(fixture.introspect(token, GUESSER)).isInstanceOf(Active.class);
    }

    @Test
    void a_repeated_unknown_token_is_counted_once() {
        ApiKeyToken revoked = Grants.aToken();
        for (int i = 0; i < 10 * LIMIT; i++) {
            assertThat(fixture.introspect(revoked, GUESSER)).isInstanceOf(Inactive.class);
        }
        assertThat(fixture.isThrottled(revoked, GUESSER)).isFalse();
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

        assertThat(fixture.isThrottled(Grants.aToken(), address)).isEqualTo(same);
    }

    @Test
    void clients_without_an_address_count_as_one() {
        guess(null);

        assertThat(fixture.isThrottled(Grants.aToken(), null)).isTrue();
    }

    private static long version(Introspection response) {
        return ((Active) response).grant().version();
    }

    private void guess(String client) {
        for (int i = 0; i < LIMIT; i++) {
            fixture.introspect(Grants.aToken(), client);
        }
    }
}

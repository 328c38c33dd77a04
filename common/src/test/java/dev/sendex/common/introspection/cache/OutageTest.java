package dev.sendex.common.introspection.cache;

import static dev.sendex.common.introspection.Grants.aGrant;
import static dev.sendex.common.introspection.Grants.aToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sendex.common.introspection.Grants;
import dev.sendex.common.introspection.Introspection;
import dev.sendex.common.introspection.Introspection.Active;
import dev.sendex.common.introspection.Introspection.Unavailable;
import dev.sendex.common.token.ApiKeyToken;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutageTest {

    private final IntrospectionFixture fixture =
            new IntrospectionFixture(Map.of("call-timeout", "10s"));

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 401, 403, 404, 429, 500, 503})
    void an_uncached_token_is_neither_accepted_nor_refused(int failure) {
        fail(failure);
        fixture.reportPushComplete();

        assertThat(fixture.introspect(aToken())).isEqualTo(new Unavailable(Duration.ofSeconds(1)));
        assertThat(fixture.count("unavailable")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 401, 500})
    void with_the_push_a_cached_key_is_used_for_five_minutes(int failure) {
        ApiKeyToken token = fixture.aKey();
        fixture.introspect(token);
        fail(failure);

        fixture.time.advance(Duration.ofMinutes(5).minusMillis(1));
        fixture.reportPushComplete();
        assertThat(fixture.introspect(token)).isInstanceOf(Active.class);
        assertThat(fixture.count("outage.answers")).isEqualTo(1);

        fixture.time.advance(Duration.ofMillis(1));
        fixture.reportPushComplete();
        assertThat(fixture.introspect(token)).isInstanceOf(Unavailable.class);
    }

    @Test
    void without_the_push_a_cached_key_is_used_for_thirty_seconds() {
        ApiKeyToken token = fixture.aKey();
        fixture.introspect(token);
        fixture.authority.stop();

        fixture.time.advance(Duration.ofMillis(29_999));
        assertThat(fixture.introspect(token)).isInstanceOf(Active.class);
        fixture.time.advance(Duration.ofMillis(1));
        assertThat(fixture.introspect(token)).isInstanceOf(Unavailable.class);
    }

    @Test
    void a_silent_push_counts_as_none() {
        ApiKeyToken token = fixture.aKey();
        fixture.introspect(token);
        fixture.authority.stop();
        fixture.time.advance(Duration.ofSeconds(60));

        fixture.reportPushComplete();
        assertThat(fixture.introspect(token)).isInstanceOf(Active.class);
        fixture.time.advance(Duration.ofSeconds(5));
        assertThat(fixture.introspect(token)).isInstanceOf(Unavailable.class);
    }

    @Test
    void a_key_that_changes_during_the_outage_is_no_longer_used() {
        ApiKeyToken token = fixture.aKey();
        fixture.introspect(token);
        fixture.authority.stop();
        fixture.reportPushComplete();

        fixture.evictions.evict(token.keyId(), 2);

        assertThat(fixture.introspect(token)).isInstanceOf(Unavailable.class);
    }

    @Test
    void a_key_that_expires_during_the_outage_is_no_longer_used() {
        ApiKeyToken token = aToken();
        Instant expiry = fixture.time.instant().plusSeconds(60);
        fixture.authority.grant(token.value(), aGrant(token, 1, expiry).toJson());
        fixture.introspect(token);
        fixture.authority.stop();

        fixture.time.advance(Duration.ofSeconds(59));
        fixture.reportPushComplete();
        assertThat(fixture.introspect(token)).isInstanceOf(Active.class);
        fixture.time.advance(Duration.ofSeconds(1));
        fixture.reportPushComplete();
        assertThat(fixture.introspect(token)).isInstanceOf(Unavailable.class);
    }

    @Test
    void in_an_outage_a_cached_key_causes_one_background_refresh() {
        ApiKeyToken token = fixture.aKey();
        fixture.introspect(token);
        fixture.authority.failWith(503);
        fixture.introspect(aToken());
        int calls = fixture.authority.calls();

        fixture.time.advance(Duration.ofSeconds(60));
        fixture.reportPushComplete();
        for (int i = 0; i < 100; i++) {
            assertThat(fixture.introspect(token)).isInstanceOf(Active.class);
        }

        await().until(() -> fixture.authority.calls() == calls + 1);
    }

    @Test
    void after_an_outage_keys_are_looked_up_and_refreshed_again() throws IOException {
        ApiKeyToken token = fixture.aKey();
        fixture.introspect(token);
        fixture.authority.stop();
        fixture.introspect(aToken());
        fixture.time.advance(Duration.ofSeconds(60));
        fixture.reportPushComplete();
        assertThat(fixture.introspect(token)).isInstanceOf(Active.class);

        fixture.authority.start();
        fixture.grant(token, 7);

        assertThat(fixture.introspect(fixture.aKey())).isInstanceOf(Active.class);
        fixture.time.advance(Duration.ofSeconds(2));
        assertThat(((Active) fixture.introspect(token)).grant().version()).isEqualTo(7);
    }

    @Test
    void a_malformed_active_response_is_not_accepted() {
        ApiKeyToken token = aToken();
        fixture.authority.grant(token.value(), Map.of("scope", "emails:send"));

        assertThat(fixture.introspect(token)).isInstanceOf(Unavailable.class);
    }

    @Test
    void a_response_about_another_key_is_not_accepted() {
        ApiKeyToken token = aToken();
        fixture.authority.grant(token.value(), aGrant(aToken()).toJson());

        assertThat(fixture.introspect(token)).isInstanceOf(Unavailable.class);
    }

    @Test
    void a_slow_lookup_times_out() {
        Map<String, String> shortTimeout = Map.of("call-timeout", "100ms");
        try (IntrospectionFixture slow = new IntrospectionFixture(shortTimeout)) {
            slow.authority.delay(Duration.ofSeconds(30));

            assertThat(slow.introspect(slow.aKey())).isInstanceOf(Unavailable.class);
        }
    }

    @Test
    void lookups_beyond_the_queue_limit_fail() {
        Map<String, String> limits =
                Map.of("call-timeout", "10s", "concurrent-calls", "1", "waiting-calls", "1");
        try (IntrospectionFixture overloaded = new IntrospectionFixture(limits)) {
            overloaded.authority.delay(Duration.ofMillis(100));
            List<CompletableFuture<Introspection>> responses =
                    Stream.generate(overloaded::aKey)
                            .limit(20)
                            .map(token -> overloaded.introspectAsync(token))
                            .map(response -> response.subscribeAsCompletionStage())
                            .toList();

            List<Introspection> all = responses.stream().map(CompletableFuture::join).toList();
            assertThat(all).hasAtLeastOneElementOfType(Active.class);
            assertThat(all)
                    .filteredOn(Unavailable.class::isInstance)
                    .hasSizeGreaterThanOrEqualTo(17);
        }
    }

    @Test
    void a_cached_key_is_refreshed_however_many_guesses_wait() {
        Map<String, String> limits =
                Map.of("call-timeout", "10s", "concurrent-calls", "1", "waiting-calls", "1");
        try (IntrospectionFixture overloaded = new IntrospectionFixture(limits)) {
            ApiKeyToken token = overloaded.aKey();
            overloaded.introspect(token);
            overloaded.grant(token, 7);
            overloaded.time.advance(Duration.ofSeconds(30));
            overloaded.authority.delay(Duration.ofMillis(500));
            guess(overloaded);

            assertThat(((Active) overloaded.introspect(token)).grant().version()).isEqualTo(7);
        }
    }

    @Test
    void a_changed_key_is_looked_up_however_many_guesses_wait() {
        Map<String, String> limits =
                Map.of("call-timeout", "10s", "concurrent-calls", "1", "waiting-calls", "1");
        try (IntrospectionFixture overloaded = new IntrospectionFixture(limits)) {
            ApiKeyToken token = overloaded.aKey();
            overloaded.introspect(token);
            overloaded.grant(token, 7);
            overloaded.evictions.evict(token.keyId(), 7);
            overloaded.authority.delay(Duration.ofMillis(500));
            guess(overloaded);

            assertThat(((Active) overloaded.introspect(token)).grant().version()).isEqualTo(7);
        }
    }

    @Test
    void rejected_guesses_are_not_an_outage() {
        Map<String, String> limits =
                Map.of("call-timeout", "10s", "concurrent-calls", "1", "waiting-calls", "1");
        try (IntrospectionFixture overloaded = new IntrospectionFixture(limits)) {
            ApiKeyToken token = overloaded.aKey();
            overloaded.introspect(token);
            overloaded.authority.delay(Duration.ofMillis(500));
            guess(overloaded);
            overloaded.time.advance(Duration.ofSeconds(30));
            overloaded.reportPushComplete();

            assertThat(overloaded.introspect(token)).isInstanceOf(Active.class);
            assertThat(overloaded.count("outage.answers")).isZero();
        }
    }

    private static void guess(IntrospectionFixture overloaded) {
        Stream.generate(Grants::aToken)
                .limit(20)
                .forEach(guess -> overloaded.introspectAsync(guess).subscribeAsCompletionStage());
    }

    private void fail(int status) {
        if (status == 0) {
            fixture.authority.stop();
        } else {
            fixture.authority.failWith(status);
        }
    }
}

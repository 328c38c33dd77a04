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
    void a_token_that_is_not_known_is_neither_passed_nor_refused(int failure) {
        fail(failure);
        fixture.pushIsHealthy();

        assertThat(fixture.ask(aToken())).isEqualTo(new Unavailable(Duration.ofSeconds(1)));
        assertThat(fixture.count("unavailable")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 401, 500})
    void with_the_push_a_known_key_goes_on_for_five_minutes(int failure) {
        ApiKeyToken token = fixture.aKey();
        fixture.ask(token);
        fail(failure);

        fixture.time.advance(Duration.ofMinutes(5).minusMillis(1));
        fixture.pushIsHealthy();
        assertThat(fixture.ask(token)).isInstanceOf(Active.class);
        assertThat(fixture.count("outage.answers")).isEqualTo(1);

        fixture.time.advance(Duration.ofMillis(1));
        fixture.pushIsHealthy();
        assertThat(fixture.ask(token)).isInstanceOf(Unavailable.class);
    }

    @Test
    void without_the_push_a_known_key_goes_on_for_thirty_seconds() {
        ApiKeyToken token = fixture.aKey();
        fixture.ask(token);
        fixture.authority.stop();

        fixture.time.advance(Duration.ofMillis(29_999));
        assertThat(fixture.ask(token)).isInstanceOf(Active.class);
        fixture.time.advance(Duration.ofMillis(1));
        assertThat(fixture.ask(token)).isInstanceOf(Unavailable.class);
    }

    @Test
    void a_push_that_fell_silent_is_no_push() {
        ApiKeyToken token = fixture.aKey();
        fixture.ask(token);
        fixture.authority.stop();
        fixture.time.advance(Duration.ofSeconds(60));

        fixture.pushIsHealthy();
        assertThat(fixture.ask(token)).isInstanceOf(Active.class);
        fixture.time.advance(Duration.ofSeconds(5));
        assertThat(fixture.ask(token)).isInstanceOf(Unavailable.class);
    }

    @Test
    void a_key_that_changed_during_the_outage_is_known_no_more() {
        ApiKeyToken token = fixture.aKey();
        fixture.ask(token);
        fixture.authority.stop();
        fixture.pushIsHealthy();

        fixture.evictions.evict(token.keyId(), 2);

        assertThat(fixture.ask(token)).isInstanceOf(Unavailable.class);
    }

    @Test
    void a_key_that_expires_during_the_outage_is_not_used_on() {
        ApiKeyToken token = aToken();
        Instant expiry = fixture.time.instant().plusSeconds(60);
        fixture.authority.grant(token.value(), aGrant(token, 1, expiry).toJson());
        fixture.ask(token);
        fixture.authority.stop();

        fixture.time.advance(Duration.ofSeconds(59));
        fixture.pushIsHealthy();
        assertThat(fixture.ask(token)).isInstanceOf(Active.class);
        fixture.time.advance(Duration.ofSeconds(1));
        fixture.pushIsHealthy();
        assertThat(fixture.ask(token)).isInstanceOf(Unavailable.class);
    }

    @Test
    void in_an_outage_nobody_waits_for_a_known_key_and_key_service_is_left_in_peace() {
        ApiKeyToken token = fixture.aKey();
        fixture.ask(token);
        fixture.authority.failWith(503);
        fixture.ask(aToken());
        int calls = fixture.authority.calls();

        fixture.time.advance(Duration.ofSeconds(60));
        fixture.pushIsHealthy();
        for (int i = 0; i < 100; i++) {
            assertThat(fixture.ask(token)).isInstanceOf(Active.class);
        }

        await().until(() -> fixture.authority.calls() == calls + 1);
    }

    @Test
    void when_key_service_is_back_everything_is_as_before() throws IOException {
        ApiKeyToken token = fixture.aKey();
        fixture.ask(token);
        fixture.authority.stop();
        fixture.ask(aToken());
        fixture.time.advance(Duration.ofSeconds(60));
        fixture.pushIsHealthy();
        assertThat(fixture.ask(token)).isInstanceOf(Active.class);

        fixture.authority.start();
        fixture.grant(token, 7);

        assertThat(fixture.ask(fixture.aKey())).isInstanceOf(Active.class);
        fixture.time.advance(Duration.ofSeconds(2));
        assertThat(((Active) fixture.ask(token)).grant().version()).isEqualTo(7);
    }

    @Test
    void an_active_answer_that_is_not_understood_is_no_pass() {
        ApiKeyToken token = aToken();
        fixture.authority.grant(token.value(), Map.of("scope", "emails:send"));

        assertThat(fixture.ask(token)).isInstanceOf(Unavailable.class);
    }

    @Test
    void an_answer_about_another_key_is_no_pass() {
        ApiKeyToken token = aToken();
        fixture.authority.grant(token.value(), aGrant(aToken()).toJson());

        assertThat(fixture.ask(token)).isInstanceOf(Unavailable.class);
    }

    @Test
    void an_answer_that_takes_too_long_is_not_waited_for() {
        Map<String, String> hasty = Map.of("call-timeout", "100ms");
        try (IntrospectionFixture impatient = new IntrospectionFixture(hasty)) {
            impatient.authority.delay(Duration.ofSeconds(30));

            assertThat(impatient.ask(impatient.aKey())).isInstanceOf(Unavailable.class);
        }
    }

    @Test
    void more_questions_than_may_wait_are_sent_away() {
        Map<String, String> tight =
                Map.of("call-timeout", "10s", "concurrent-calls", "1", "waiting-calls", "1");
        try (IntrospectionFixture crowded = new IntrospectionFixture(tight)) {
            crowded.authority.delay(Duration.ofMillis(100));
            List<CompletableFuture<Introspection>> answers =
                    Stream.generate(crowded::aKey)
                            .limit(20)
                            .map(token -> crowded.introspect(token))
                            .map(answer -> answer.subscribeAsCompletionStage())
                            .toList();

            List<Introspection> all = answers.stream().map(CompletableFuture::join).toList();
            assertThat(all).hasAtLeastOneElementOfType(Active.class);
            assertThat(all)
                    .filteredOn(Unavailable.class::isInstance)
                    .hasSizeGreaterThanOrEqualTo(17);
        }
    }

    @Test
    void a_known_key_is_renewed_however_many_guesses_wait() {
        Map<String, String> tight =
                Map.of("call-timeout", "10s", "concurrent-calls", "1", "waiting-calls", "1");
        try (IntrospectionFixture crowded = new IntrospectionFixture(tight)) {
            ApiKeyToken token = crowded.aKey();
            crowded.ask(token);
            crowded.grant(token, 7);
            crowded.time.advance(Duration.ofSeconds(30));
            crowded.authority.delay(Duration.ofMillis(500));
            guess(crowded);

            assertThat(((Active) crowded.ask(token)).grant().version()).isEqualTo(7);
        }
    }

    @Test
    void a_key_that_changed_is_asked_about_however_many_guesses_wait() {
        Map<String, String> tight =
                Map.of("call-timeout", "10s", "concurrent-calls", "1", "waiting-calls", "1");
        try (IntrospectionFixture crowded = new IntrospectionFixture(tight)) {
            ApiKeyToken token = crowded.aKey();
            crowded.ask(token);
            crowded.grant(token, 7);
            crowded.evictions.evict(token.keyId(), 7);
            crowded.authority.delay(Duration.ofMillis(500));
            guess(crowded);

            assertThat(((Active) crowded.ask(token)).grant().version()).isEqualTo(7);
        }
    }

    @Test
    void guesses_that_are_sent_away_are_no_outage() {
        Map<String, String> tight =
                Map.of("call-timeout", "10s", "concurrent-calls", "1", "waiting-calls", "1");
        try (IntrospectionFixture crowded = new IntrospectionFixture(tight)) {
            ApiKeyToken token = crowded.aKey();
            crowded.ask(token);
            crowded.authority.delay(Duration.ofMillis(500));
            guess(crowded);
            crowded.time.advance(Duration.ofSeconds(30));
            crowded.pushIsHealthy();

            assertThat(crowded.ask(token)).isInstanceOf(Active.class);
            assertThat(crowded.count("outage.answers")).isZero();
        }
    }

    private static void guess(IntrospectionFixture crowded) {
        Stream.generate(Grants::aToken)
                .limit(20)
                .forEach(guess -> crowded.introspect(guess).subscribeAsCompletionStage());
    }

    private void fail(int status) {
        if (status == 0) {
            fixture.authority.stop();
        } else {
            fixture.authority.failWith(status);
        }
    }
}

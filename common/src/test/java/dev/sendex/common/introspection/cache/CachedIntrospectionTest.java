package dev.sendex.common.introspection.cache;

import static dev.sendex.common.introspection.Grants.aGrant;
import static dev.sendex.common.introspection.Grants.aToken;
import static dev.sendex.common.permission.Permission.EMAILS_SEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sendex.common.introspection.Introspection;
import dev.sendex.common.introspection.Introspection.Active;
import dev.sendex.common.introspection.Introspection.Inactive;
import dev.sendex.common.introspection.Introspection.Unavailable;
import dev.sendex.common.token.ApiKeyToken;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CachedIntrospectionTest {

    private final IntrospectionFixture fixture =
            new IntrospectionFixture(
                    Map.of("call-timeout", "10s", "capacity", "100", "inactive-capacity", "100"));

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void an_active_answer_is_used_for_thirty_seconds_without_another_call() {
        ApiKeyToken token = fixture.aKey();

        assertThat(fixture.ask(token)).isInstanceOf(Active.class);
        fixture.time.advance(Duration.ofMillis(19_999));
        assertThat(fixture.ask(token)).isInstanceOf(Active.class);

        assertThat(fixture.authority.calls()).isEqualTo(1);
        assertThat(fixture.count("hits")).isEqualTo(1);
        assertThat(fixture.count("misses")).isEqualTo(1);
    }

    @Test
    void after_thirty_seconds_without_use_key_service_is_asked_before_the_caller_goes_on() {
        ApiKeyToken token = fixture.aKey();
        fixture.ask(token);

        fixture.authority.forget(token.value());
        fixture.time.advance(Duration.ofSeconds(30));

        assertThat(fixture.ask(token)).isInstanceOf(Inactive.class);
    }

    @Test
    void an_answer_in_use_is_renewed_ahead_once_and_nobody_waits_for_it() {
        ApiKeyToken token = fixture.aKey();
        fixture.ask(token);
        fixture.grant(token, 2);
        fixture.time.advance(Duration.ofSeconds(20));

        for (int i = 0; i < 50; i++) {
            fixture.introspect(token)
                    .subscribe()
                    .withSubscriber(UniAssertSubscriber.create())
                    .assertCompleted();
        }
        await().until(() -> version(fixture.ask(token)) == 2);

        fixture.time.advance(Duration.ofSeconds(19));
        assertThat(version(fixture.ask(token))).isEqualTo(2);
        assertThat(fixture.authority.calls()).isEqualTo(2);
        assertThat(fixture.count("refreshes")).isEqualTo(1);
    }

    @Test
    void a_thousand_concurrent_misses_are_one_call() throws Exception {
        ApiKeyToken token = fixture.aKey();
        fixture.authority.delay(Duration.ofMillis(100));

        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Introspection>> answers =
                    IntStream.range(0, 1_000)
                            .mapToObj(_ -> callers.submit(() -> fixture.ask(token)))
                            .toList();
            for (Future<Introspection> answer : answers) {
                assertThat(answer.get()).isInstanceOf(Active.class);
            }
        }

        assertThat(fixture.authority.calls()).isEqualTo(1);
        assertThat(fixture.count("coalesced") + fixture.count("hits")).isEqualTo(999);
    }

    @Test
    void a_caller_who_gives_up_spoils_it_for_no_one() {
        ApiKeyToken token = fixture.aKey();
        fixture.authority.delay(Duration.ofMillis(100));

        UniAssertSubscriber<Introspection> impatient =
                fixture.introspect(token).subscribe().withSubscriber(UniAssertSubscriber.create());
        Uni<Introspection> patient = fixture.introspect(token);
        impatient.cancel();

        assertThat(patient.await().atMost(Duration.ofSeconds(10))).isInstanceOf(Active.class);
        assertThat(fixture.authority.calls()).isEqualTo(1);
    }

    @Test
    void an_inactive_answer_is_used_for_ten_seconds() {
        ApiKeyToken token = aToken();

        assertThat(fixture.ask(token)).isInstanceOf(Inactive.class);
        fixture.time.advance(Duration.ofMillis(9_999));
        assertThat(fixture.ask(token)).isInstanceOf(Inactive.class);
        assertThat(fixture.authority.calls()).isEqualTo(1);

        fixture.grant(token, 1);
        fixture.time.advance(Duration.ofMillis(1));
        assertThat(fixture.ask(token)).isInstanceOf(Active.class);
    }

    @Test
    void guessing_evicts_no_real_key() {
        ApiKeyToken token = fixture.aKey();
        fixture.ask(token);
        for (int i = 0; i < 300; i++) {
            fixture.ask(aToken());
        }

        int calls = fixture.authority.calls();
        assertThat(fixture.ask(token)).isInstanceOf(Active.class);
        assertThat(fixture.authority.calls()).isEqualTo(calls);
    }

    @Test
    void no_more_keys_are_remembered_than_there_is_room_for() {
        for (int i = 0; i < 300; i++) {
            fixture.ask(fixture.aKey());
        }
        assertThat(fixture.cache.size()).isLessThanOrEqualTo(100);
    }

    @Test
    void an_answer_is_never_used_past_the_expiry_of_the_key() {
        ApiKeyToken token = aToken();
        Instant expiry = fixture.time.instant().plusSeconds(10);
        fixture.authority.grant(token.value(), aGrant(token, 1, expiry, EMAILS_SEND).toJson());

        assertThat(fixture.ask(token)).isInstanceOf(Active.class);
        fixture.time.advance(Duration.ofMillis(9_999));
        assertThat(fixture.ask(token)).isInstanceOf(Active.class);
        fixture.time.advance(Duration.ofMillis(1));

        // even if key-service itself is late to notice
        assertThat(fixture.ask(token)).isInstanceOf(Inactive.class);
    }

    @Test
    void a_pushed_change_is_effective_at_once() {
        ApiKeyToken token = fixture.aKey();
        fixture.ask(token);

        fixture.authority.forget(token.value());
        fixture.evictions.evict(token.keyId(), 2);

        assertThat(fixture.ask(token)).isInstanceOf(Inactive.class);
    }

    @Test
    void a_pushed_change_leaves_other_keys_alone() {
        ApiKeyToken token = fixture.aKey();
        fixture.ask(token);

        fixture.evictions.evict(aToken().keyId(), 2);
        fixture.evictions.evict(aToken().keyId());

        fixture.ask(token);
        assertThat(fixture.authority.calls()).isEqualTo(1);
    }

    @Test
    void an_answer_that_a_change_overtook_is_asked_for_again() {
        ApiKeyToken token = fixture.aKey();
        fixture.authority.delay(Duration.ofSeconds(1));
        CompletableFuture<Introspection> answer = fixture.inFlight(token);

        fixture.evictions.evict(token.keyId());

        assertThat(answer.join()).isInstanceOf(Active.class);
        assertThat(fixture.authority.calls()).isEqualTo(2);
    }

    @Test
    void an_answer_older_than_the_pushed_version_is_not_used_however_often_it_comes() {
        ApiKeyToken token = fixture.aKey();
        fixture.evictions.evict(token.keyId(), 2);

        assertThat(fixture.ask(token)).isInstanceOf(Unavailable.class);
        assertThat(fixture.authority.calls()).isEqualTo(2);

        fixture.grant(token, 2);
        assertThat(version(fixture.ask(token))).isEqualTo(2);
    }

    @Test
    void the_answer_comes_back_on_the_callers_context() {
        Vertx vertx = Vertx.vertx();
        try {
            ApiKeyToken token = fixture.aKey();
            Context context = vertx.getOrCreateContext();
            CompletableFuture<Context> arrivedOn = new CompletableFuture<>();
            context.runOnContext(_ ->
                    fixture.introspect(token)
                            .subscribe()
                            .with(_ -> arrivedOn.complete(Vertx.currentContext())));
            assertThat(arrivedOn.join()).isSameAs(context);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @Test
    void a_token_shows_up_in_no_metric_and_no_text() {
        ApiKeyToken token = fixture.aKey();
        List<String> texts = new ArrayList<>();
        texts.add(fixture.ask(token).toString());
        texts.add(TokenDigest.of(token).toString());
        fixture.authority.failWith(500);
        texts.add(fixture.ask(aToken()).toString());
        fixture.meters.forEachMeter(meter -> texts.add(meter.getId() + " " + meter.measure()));

        String secret = token.value().substring(30, 62);
        assertThat(texts).isNotEmpty().noneMatch(text -> text.contains(secret));
    }

    private static long version(Introspection answer) {
        return ((Active) answer).grant().version();
    }
}

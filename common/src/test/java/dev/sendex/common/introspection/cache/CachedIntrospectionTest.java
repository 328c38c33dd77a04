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
    void a_fresh_active_response_is_used_without_another_call() {
        ApiKeyToken token = fixture.aKey();

        assertThat(fixture.introspect(token)).isInstanceOf(Active.class);
        fixture.time.advance(Duration.ofMillis(19_999));
        assertThat(fixture.introspect(token)).isInstanceOf(Active.class);

        assertThat(fixture.authority.calls()).isEqualTo(1);
        assertThat(fixture.count("hits")).isEqualTo(1);
        assertThat(fixture.count("misses")).isEqualTo(1);
    }

    @Test
    void an_active_response_is_looked_up_again_after_thirty_seconds() {
        ApiKeyToken token = fixture.aKey();
        fixture.introspect(token);

        fixture.authority.revoke(token.value());
        fixture.time.advance(Duration.ofSeconds(30));

        assertThat(fixture.introspect(token)).isInstanceOf(Inactive.class);
    }

    @Test
    void a_response_in_use_is_refreshed_once_in_the_background() {
        ApiKeyToken token = fixture.aKey();
        fixture.introspect(token);
        fixture.grant(token, 2);
        fixture.time.advance(Duration.ofSeconds(20));

        for (int i = 0; i < 50; i++) {
            fixture.introspectAsync(token)
                    .subscribe()
                    .withSubscriber(UniAssertSubscriber.create())
                    .assertCompleted();
        }
        await().until(() -> version(fixture.introspect(token)) == 2);

        fixture.time.advance(Duration.ofSeconds(19));
        assertThat(version(fixture.introspect(token))).isEqualTo(2);
        assertThat(fixture.authority.calls()).isEqualTo(2);
        assertThat(fixture.count("refreshes")).isEqualTo(1);
    }

    @Test
    void a_thousand_concurrent_misses_are_one_call() throws Exception {
        ApiKeyToken token = fixture.aKey();
        fixture.authority.delay(Duration.ofMillis(100));

        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Introspection>> responses =
                    IntStream.range(0, 1_000)
                            .mapToObj(_ -> callers.submit(() -> fixture.introspect(token)))
                            .toList();
            for (Future<Introspection> response : responses) {
                assertThat(response.get()).isInstanceOf(Active.class);
            }
        }

        assertThat(fixture.authority.calls()).isEqualTo(1);
        assertThat(fixture.count("coalesced") + fixture.count("hits")).isEqualTo(999);
    }

    @Test
    void a_caller_who_cancels_does_not_affect_the_others() {
        ApiKeyToken token = fixture.aKey();
        fixture.authority.delay(Duration.ofMillis(100));

        UniAssertSubscriber<Introspection> cancelled =
                fixture.introspectAsync(token)
                        .subscribe()
                        .withSubscriber(UniAssertSubscriber.create());
        Uni<Introspection> waiting = fixture.introspectAsync(token);
        cancelled.cancel();

        assertThat(waiting.await().atMost(Duration.ofSeconds(10))).isInstanceOf(Active.class);
        assertThat(fixture.authority.calls()).isEqualTo(1);
    }

    @Test
    void an_inactive_response_is_used_for_ten_seconds() {
        ApiKeyToken token = aToken();

        assertThat(fixture.introspect(token)).isInstanceOf(Inactive.class);
        fixture.time.advance(Duration.ofMillis(9_999));
        assertThat(fixture.introspect(token)).isInstanceOf(Inactive.class);
        assertThat(fixture.authority.calls()).isEqualTo(1);

        fixture.grant(token, 1);
        fixture.time.advance(Duration.ofMillis(1));
        assertThat(fixture.introspect(token)).isInstanceOf(Active.class);
    }

    @Test
    void guessed_tokens_do_not_evict_real_keys() {
        ApiKeyToken token = fixture.aKey();
        fixture.introspect(token);
        for (int i = 0; i < 300; i++) {
            fixture.introspect(aToken());
        }

        int calls = fixture.authority.calls();
        assertThat(fixture.introspect(token)).isInstanceOf(Active.class);
        assertThat(fixture.authority.calls()).isEqualTo(calls);
    }

    @Test
    void the_number_of_cached_keys_is_limited() {
        for (int i = 0; i < 300; i++) {
            fixture.introspect(fixture.aKey());
        }
        assertThat(fixture.cache.size()).isLessThanOrEqualTo(100);
    }

    @Test
    void a_response_is_never_used_past_the_expiry_of_the_key() {
        ApiKeyToken token = aToken();
        Instant expiry = fixture.time.instant().plusSeconds(10);
        fixture.authority.grant(token.value(), aGrant(token, 1, expiry, EMAILS_SEND).toJson());

        assertThat(fixture.introspect(token)).isInstanceOf(Active.class);
        fixture.time.advance(Duration.ofMillis(9_999));
        assertThat(fixture.introspect(token)).isInstanceOf(Active.class);
        fixture.time.advance(Duration.ofMillis(1));

        // even if key-service still returns it as active
        assertThat(fixture.introspect(token)).isInstanceOf(Inactive.class);
    }

    @Test
    void a_pushed_change_takes_effect_immediately() {
        ApiKeyToken token = fixture.aKey();
        fixture.introspect(token);

        fixture.authority.revoke(token.value());
        fixture.evictions.evict(token.keyId(), 2);

        assertThat(fixture.introspect(token)).isInstanceOf(Inactive.class);
    }

    @Test
    void a_pushed_change_does_not_evict_other_keys() {
        ApiKeyToken token = fixture.aKey();
        fixture.introspect(token);

        fixture.evictions.evict(aToken().keyId(), 2);
        fixture.evictions.evict(aToken().keyId());

        fixture.introspect(token);
        assertThat(fixture.authority.calls()).isEqualTo(1);
    }

    @Test
    void a_response_that_is_stale_on_arrival_is_requested_again() {
        ApiKeyToken token = fixture.aKey();
        fixture.authority.delay(Duration.ofSeconds(1));
        CompletableFuture<Introspection> response = fixture.inFlight(token);

        fixture.evictions.evict(token.keyId());

        assertThat(response.join()).isInstanceOf(Active.class);
        assertThat(fixture.authority.calls()).isEqualTo(2);
    }

    @Test
    void a_response_older_than_the_pushed_version_is_never_used() {
        ApiKeyToken token = fixture.aKey();
        fixture.evictions.evict(token.keyId(), 2);

        assertThat(fixture.introspect(token)).isInstanceOf(Unavailable.class);
        assertThat(fixture.authority.calls()).isEqualTo(2);

        fixture.grant(token, 2);
        assertThat(version(fixture.introspect(token))).isEqualTo(2);
    }

    @Test
    void the_result_arrives_on_the_callers_context() {
        Vertx vertx = Vertx.vertx();
        try {
            ApiKeyToken token = fixture.aKey();
            Context context = vertx.getOrCreateContext();
            CompletableFuture<Context> arrivedOn = new CompletableFuture<>();
            context.runOnContext(_ ->
                    fixture.introspectAsync(token)
                            .subscribe()
                            .with(_ -> arrivedOn.complete(Vertx.currentContext())));
            assertThat(arrivedOn.join()).isSameAs(context);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @Test
    void tokens_appear_in_no_metric_and_no_string() {
        ApiKeyToken token = fixture.aKey();
        List<String> strings = new ArrayList<>();
        strings.add(fixture.introspect(token).toString());
        strings.add(TokenDigest.of(token).toString());
        fixture.authority.failWith(500);
        strings.add(fixture.introspect(aToken()).toString());
        fixture.meters.forEachMeter(meter -> strings.add(meter.getId() + " " + meter.measure()));

        String secret = token.value().substring(30, 62);
        assertThat(strings).isNotEmpty().noneMatch(text -> text.contains(secret));
    }

    private static long version(Introspection response) {
        return ((Active) response).grant().version();
    }
}

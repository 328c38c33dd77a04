package dev.sendex.common.introspection.cache;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendex.common.introspection.Grants;
import dev.sendex.common.introspection.Introspection;
import dev.sendex.common.token.ApiKeyToken;
import dev.sendex.fixture.IntrospectionAuthority;
import dev.sendex.fixture.IntrospectionResource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The cached client of a real HTTP authority, with a clock that tests control.
final class IntrospectionFixture implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    final MovableClock time = new MovableClock();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final IntrospectionAuthority authority;
    final IntrospectionConfig config;
    final Evictions evictions;
    final IntrospectionCache cache;
    final PushStream push;
    final IntrospectionMetrics metrics;
    final GuessLimit guesses;
    final CachedIntrospection introspector;

    private final IntrospectionResource resource = new IntrospectionResource();
    private final Vertx vertx = Vertx.vertx();
    private final IntrospectionEndpoint endpoint;
    private @Nullable IntrospectionAuthority injected;

    IntrospectionFixture(Map<String, String> settings) {
        config = config(resource.start(), settings);
        resource.inject((value, _) -> injected = (IntrospectionAuthority) value);
        authority = java.util.Objects.requireNonNull(injected);
        evictions = new Evictions(config, time);
        cache = new IntrospectionCache(config, evictions, time, time);
        push = new PushStream(config, time);
        metrics = new IntrospectionMetrics(meters, cache, push);
        AuthorityHealth health = new AuthorityHealth();
        endpoint = new IntrospectionEndpoint(vertx, config, new ObjectMapper(), health, metrics);
        guesses = new GuessLimit(config, cache, metrics, time);
        InFlightLookups lookups =
                new InFlightLookups(endpoint, cache, metrics, config, guesses, time);
        introspector = new CachedIntrospection(cache, lookups, push, health, metrics);
    }

    private static IntrospectionConfig config(
            Map<String, String> authority, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>();
        authority.forEach((name, value) -> {
            if (name.startsWith("sendex.introspection.")) {
                all.put(name, value);
            }
        });
        settings.forEach((name, value) -> all.put("sendex.introspection." + name, value));
        return new SmallRyeConfigBuilder()
                .withMapping(IntrospectionConfig.class)
                .withConverter(Duration.class, 200, IntrospectionFixture::duration)
                .withDefaultValues(all)
                .build()
                .getConfigMapping(IntrospectionConfig.class);
    }

    /// Parses durations like Quarkus: `30s` is `PT30S`.
    private static Duration duration(String text) {
        return text.endsWith("ms")
                ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
                : Duration.parse("PT" + text);
    }

    ApiKeyToken aKey() {
        ApiKeyToken token = Grants.aToken();
        grant(token, 1);
        return token;
    }

    void grant(ApiKeyToken token, long version) {
        authority.grant(token.value(), Grants.aGrant(token, version, null).toJson());
    }

    Introspection introspect(ApiKeyToken token) {
        return introspect(token, "192.0.2.1");
    }

    Introspection introspect(ApiKeyToken token, @Nullable String client) {
        return introspector.introspect(token, () -> address(client)).await().atMost(TIMEOUT);
    }

    /// Whether a request with this token would be refused without a lookup.
    boolean isThrottled(ApiKeyToken token, @Nullable String client) {
        return guesses.isReachedBy(() -> address(client)) && guesses.isGuess(token);
    }

    private static @Nullable InetAddress address(@Nullable String literal) {
        return literal == null ? null : InetAddress.ofLiteral(literal);
    }

    /// What the consumer of key changes reports every second.
    void reportPushComplete() {
        push.completeAsOf(time.read());
    }

    /// Starts a lookup and waits until the authority has received it, but not for the response.
    CompletableFuture<Introspection> inFlight(ApiKeyToken token) {
        int before = authority.calls();
        CompletableFuture<Introspection> response =
                introspectAsync(token).subscribeAsCompletionStage();
        await().until(() -> authority.calls() == before + 1);
        return response;
    }

    /// Starts a lookup without waiting for the result.
    Uni<Introspection> introspectAsync(ApiKeyToken token) {
        return introspector.introspect(token, InetAddress::getLoopbackAddress);
    }

    double count(String name) {
        return meters.get("sendex.introspection." + name).counter().count();
    }

    @Override
    public void close() {
        endpoint.close();
        vertx.closeAndAwait();
        resource.stop();
    }
}

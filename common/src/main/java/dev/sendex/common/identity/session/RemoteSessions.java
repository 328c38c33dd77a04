package dev.sendex.common.identity.session;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.sendex.common.identity.caller.SessionCaller;
import dev.sendex.common.permission.Permission;
import dev.sendex.common.runtime.SingleFlight;
import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.logging.Log;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Looks sessions up at key-service with the session's own token and caches the result for ten
/// seconds, the maximum delay of the end of a session or a change of role. If key-service does not
/// respond, the signed token is used as it is, which is valid for minutes only.
@Singleton
@IfBuildProperty(name = "sendex.identity.authority", stringValue = "remote", enableIfMissing = true)
class RemoteSessions implements SessionStatus {

    private static final String PATH = "/v1/sessions/current";
    private static final Duration FRESH_FOR = Duration.ofSeconds(10);
    private static final int MAX_CACHED = 10_000;
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;

    private final WebClient client;
    private final String address;
    private final long timeout;
    private final ObjectMapper json;
    private final Cache<UUID, Optional<SessionCaller>> results;
    private final SingleFlight<UUID, Optional<SessionCaller>> inFlight = new SingleFlight<>();

    /// A session in key-service's response.
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Current(
            @JsonProperty("role") String role,
            @JsonProperty("permissions") List<String> permissions) {}

    RemoteSessions(Vertx vertx, SessionKeysConfig config, ObjectMapper json, Ticker ticker) {
        client = WebClient.create(vertx, new WebClientOptions().setFollowRedirects(false));
        address = config.requiredJwksUrl().resolve(PATH).toString();
        timeout = config.jwksTimeout().toMillis();
        this.json = json;
        results =
                Caffeine.newBuilder()
                        .ticker(ticker)
                        .executor(Runnable::run)
                        .expireAfterWrite(FRESH_FOR)
                        .maximumSize(MAX_CACHED)
                        .build();
    }

    @Override
    public Uni<@Nullable SessionCaller> of(SessionCaller signed, String token) {
        Optional<SessionCaller> cached = results.getIfPresent(signed.sessionId());
        return cached != null
                ? Uni.createFrom().item(cached.orElse(null))
                : inFlight.join(signed.sessionId(), () -> lookUp(signed, token), () -> {})
                        .map(result -> result.orElse(null));
    }

    private Uni<Optional<SessionCaller>> lookUp(SessionCaller signed, String token) {
        return client.getAbs(address)
                .bearerTokenAuthentication(token)
                .timeout(timeout)
                .send()
                .map(response -> current(signed, response))
                .onFailure()
                .invoke(failure -> Log.warnf("session lookup failed reason=\"%s\"", failure))
                .onFailure()
                .recoverWithItem(Optional.of(signed))
                .invoke(result -> results.put(signed.sessionId(), result));
    }

    private Optional<SessionCaller> current(SessionCaller signed, HttpResponse<Buffer> response) {
        return switch (response.statusCode()) {
            case OK -> Optional.of(as(read(response), signed));
            case UNAUTHORIZED -> Optional.empty();
            default -> throw new IllegalStateException("status " + response.statusCode());
        };
    }

    private Current read(HttpResponse<Buffer> response) {
        try {
            return json.readValue(response.bodyAsString(), Current.class);
        } catch (IOException | IllegalArgumentException malformed) {
            throw new IllegalStateException("not a session", malformed);
        }
    }

    private static SessionCaller as(Current current, SessionCaller signed) {
        return new SessionCaller(
                signed.userId(),
                signed.accountId(),
                signed.sessionId(),
                current.role(),
                Permission.ofValues(current.permissions()));
    }

    @PreDestroy
    void close() {
        client.close();
    }
}

package dev.sendex.common.introspection.cache;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendex.common.introspection.Introspection;
import dev.sendex.common.introspection.Introspection.Active;
import dev.sendex.common.introspection.Introspection.Inactive;
import dev.sendex.common.introspection.KeyGrant;
import dev.sendex.common.token.ApiKeyToken;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpClosedException;
import io.vertx.ext.auth.authentication.UsernamePasswordCredentials;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.MultiMap;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The HTTP client for `POST /oauth2/introspect` of key-service. Connections are pooled and
/// limited, and so is the number of lookups that wait for one. Lookups of tokens that were active
/// before have a separate pool, so that guessed tokens delay only other unknown tokens.
@Singleton
class IntrospectionEndpoint {

    private static final String PATH = "/oauth2/introspect";
    private static final TypeReference<Map<String, @Nullable Object>> MEMBERS =
            new TypeReference<>() {};

    private final WebClient firstCalls;
    private final WebClient renewals;
    private final String address;
    private final UsernamePasswordCredentials credentials;
    private final Duration timeout;
    private final ObjectMapper json;
    private final AuthorityHealth health;
    private final IntrospectionMetrics metrics;

    IntrospectionEndpoint(
            Vertx vertx,
            IntrospectionConfig config,
            ObjectMapper json,
            AuthorityHealth health,
            IntrospectionMetrics metrics) {
        this.json = json;
        this.health = health;
        this.metrics = metrics;
        timeout = config.callTimeout();
        address = required("url", config.url()).resolve(PATH).toString();
        credentials =
                new UsernamePasswordCredentials(
                        required("client-id", config.clientId()),
                        required("client-secret", config.clientSecret()));
        firstCalls = WebClient.create(vertx, options(config, config.concurrentCalls()));
        renewals = WebClient.create(vertx, options(config, config.renewalCalls()));
    }

    private static <T> T required(String name, Optional<T> setting) {
        return setting.orElseThrow(
                () -> new IllegalStateException("sendex.introspection." + name + " is not set"));
    }

    private static WebClientOptions options(IntrospectionConfig config, int connections) {
        WebClientOptions options = new WebClientOptions();
        options.setMaxPoolSize(connections)
                .setMaxWaitQueueSize(config.waitingCalls())
                .setConnectTimeout((int) config.callTimeout().toMillis());
        return options.setFollowRedirects(false).setUserAgentEnabled(false);
    }

    /// Returns active or inactive. Fails with [AuthorityFailure] for any other response or none.
    Uni<Introspection> introspect(ApiKeyToken token) {
        return introspect(firstCalls, token);
    }

    /// The same for a token that was active before.
    Uni<Introspection> introspectAgain(ApiKeyToken token) {
        return introspect(renewals, token);
    }

    private Uni<Introspection> introspect(WebClient client, ApiKeyToken token) {
        Timer.Sample call = metrics.startCall();
        return post(client, token)
                .map(response -> parse(token, response))
                .invoke(_ -> answered(call))
                .onFailure()
                .transform(AuthorityFailure::of)
                .onFailure(AuthorityFailure.class)
                .invoke(failure -> failed(call, failure));
    }

    private void answered(Timer.Sample call) {
        health.answered();
        metrics.answered(call);
    }

    private void failed(Timer.Sample call, AuthorityFailure failure) {
        if (!failure.isOverloaded()) {
            health.failed(failure);
        }
        metrics.failed(call);
    }

    private Uni<HttpResponse<Buffer>> post(WebClient client, ApiKeyToken token) {
        MultiMap form = MultiMap.caseInsensitiveMultiMap().add("token", token.value());
        return client.postAbs(address)
                .authentication(credentials)
                .timeout(timeout.toMillis())
                .sendForm(form)
                .onFailure(IntrospectionEndpoint::isAboutTheConnection)
                .retry()
                .atMost(1)
                .ifNoItem()
                .after(timeout)
                .failWith(TimeoutException::new);
    }

    /// A pooled connection may be closed by the server at any time, above all by a restart.
    /// Repeating the request is safe.
    private static boolean isAboutTheConnection(Throwable failure) {
        return failure instanceof HttpClosedException || failure instanceof IOException;
    }

    private Introspection parse(ApiKeyToken token, HttpResponse<Buffer> response) {
        return switch (response.statusCode()) {
            case 200 -> parse(token, members(response.body()));
            case 400, 401, 403 -> throw AuthorityFailure.refusesUs(response.statusCode());
            default -> throw AuthorityFailure.status(response.statusCode());
        };
    }

    private static Introspection parse(ApiKeyToken token, Map<String, ?> members) {
        if (Boolean.FALSE.equals(members.get("active"))) {
            return new Inactive();
        }
        KeyGrant grant = grant(members);
        if (!grant.keyId().equals(token.keyId()) || grant.environment() != token.environment()) {
            throw AuthorityFailure.malformed("the response is about another key");
        }
        return new Active(grant);
    }

    private static KeyGrant grant(Map<String, ?> members) {
        try {
            return KeyGrant.of(members);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException malformed) {
            throw AuthorityFailure.malformed(String.valueOf(malformed.getMessage()));
        }
    }

    private Map<String, ?> members(@Nullable Buffer body) {
        try {
            Map<String, ?> members = body == null ? null : json.readValue(body.getBytes(), MEMBERS);
            return members == null ? Map.of() : members;
        } catch (JsonProcessingException malformed) {
            throw AuthorityFailure.malformed("not a JSON object");
        } catch (IOException impossible) {
            throw AuthorityFailure.malformed("unreadable");
        }
    }

    @PreDestroy
    void close() {
        firstCalls.close();
        renewals.close();
    }
}

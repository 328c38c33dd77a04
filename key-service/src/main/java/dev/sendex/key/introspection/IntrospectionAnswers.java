package dev.sendex.key.introspection;

import dev.sendex.common.introspection.Introspection;
import dev.sendex.common.introspection.KeyGrant;
import dev.sendex.common.token.ApiKeyToken;
import dev.sendex.key.introspection.ResourceServerConfig.ResourceServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.Status;
import org.jspecify.annotations.Nullable;

/// What introspection answers. Errors have the shape of RFC 6749, section 5.2, since that is what
/// clients of this endpoint read.
@ApplicationScoped
class IntrospectionAnswers {

    private static final Map<String, Object> INACTIVE = Map.of("active", false);

    private final ResourceServers servers;
    private final StoredKeys keys;
    private final ResourceServerConfig config;
    private final Clock clock;
    private final MeterRegistry metrics;

    IntrospectionAnswers(
            ResourceServers servers,
            StoredKeys keys,
            ResourceServerConfig config,
            Clock clock,
            MeterRegistry metrics) {
        this.servers = servers;
        this.keys = keys;
        this.config = config;
        this.clock = clock;
        this.metrics = metrics;
    }

    Uni<RestResponse<Map<String, Object>>> answer(
            @Nullable String authorization, @Nullable String token) {
        ResourceServer server = servers.find(authorization);
        if (server == null) {
            return Uni.createFrom().item(invalidClient());
        }
        if (token == null || token.isEmpty()) {
            return Uni.createFrom().item(error(Status.BAD_REQUEST, "invalid_request"));
        }
        ApiKeyToken parsed = ApiKeyToken.parse(token);
        return parsed == null
                ? Uni.createFrom().item(counted("inactive", ok(INACTIVE)))
                : keys.introspect(parsed).map(judged -> answer(judged, server));
    }

    private RestResponse<Map<String, Object>> answer(Introspection judged, ResourceServer server) {
        return switch (judged) {
            case Introspection.Active(KeyGrant grant) ->
                    counted("active", ok(members(grant, server)));
            case Introspection.Inactive() -> counted("inactive", ok(INACTIVE));
            case Introspection.Unavailable(var retryAfter) ->
                    counted("unavailable", unavailable(retryAfter.toSeconds()));
        };
    }

    private Map<String, Object> members(KeyGrant grant, ResourceServer server) {
        KeyGrant shown =
                grant.expiresAt() == null
                        ? grant.leasedUntil(clock.instant().plus(server.lease()))
                        : grant;
        Map<String, Object> members = new LinkedHashMap<>(shown.toJson());
        members.put("iss", config.issuer());
        return members;
    }

    private RestResponse<Map<String, Object>> counted(
            String outcome, RestResponse<Map<String, Object>> answer) {
        metrics.counter("sendex.introspections", "outcome", outcome).increment();
        return answer;
    }

    private static RestResponse<Map<String, Object>> ok(Map<String, Object> members) {
        return json(Status.OK, members).build();
    }

    private static RestResponse<Map<String, Object>> invalidClient() {
        return json(Status.UNAUTHORIZED, Map.of("error", "invalid_client"))
                .header(
                        "WWW-Authenticate",
                        "Basic realm=\"sendex introspection\", charset=\"UTF-8\"")
                .build();
    }

    private static RestResponse<Map<String, Object>> error(Status status, String error) {
        return json(status, Map.of("error", error)).build();
    }

    private static RestResponse<Map<String, Object>> unavailable(long retryAfter) {
        return json(Status.SERVICE_UNAVAILABLE, Map.of("error", "temporarily_unavailable"))
                .header("Retry-After", retryAfter)
                .build();
    }

    /// Exactly `application/json`: some clients refuse it with a charset.
    private static RestResponse.ResponseBuilder<Map<String, Object>> json(
            Status status, Map<String, Object> members) {
        return RestResponse.ResponseBuilder.create(status, members)
                .header("Content-Type", "application/json")
                .header("Cache-Control", "no-store");
    }
}

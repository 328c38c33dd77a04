package dev.sendex.common.limits;

import static dev.sendex.common.problem.Problem.ENDPOINT_NOT_ALLOWED;
import static dev.sendex.common.problem.Problem.RATE_LIMIT_EXCEEDED;

import dev.sendex.common.identity.CurrentCaller;
import dev.sendex.common.identity.caller.Caller;
import dev.sendex.common.identity.caller.KeyCaller;
import dev.sendex.common.introspection.KeyGrant.RateLimit;
import dev.sendex.common.permission.EndpointPattern;
import dev.sendex.common.runtime.PathTemplate;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/// Checks the endpoint restriction and the rate limit of every request with a key, after its
/// permissions. Only a key with a rate limit costs a statement.
class RequestLimits {

    private final RequestRates rates;

    RequestLimits(RequestRates rates) {
        this.rates = rates;
    }

    @ServerRequestFilter
    public Uni<Void> check(RoutingContext request) {
        @Nullable Caller caller = CurrentCaller.of(request);
        return caller instanceof KeyCaller key ? check(key, request) : Uni.createFrom().voidItem();
    }

    private Uni<Void> check(KeyCaller key, RoutingContext request) {
        refuseOtherEndpoints(key, request);
        @Nullable RateLimit limit = key.grant().rateLimit();
        return limit == null
                ? Uni.createFrom().voidItem()
                : rates.count(key.grant(), limit)
                        .invoke(window -> addHeaders(window, request.response()))
                        .invoke(RequestLimits::refuseTooMany)
                        .replaceWithVoid();
    }

    private static void refuseOtherEndpoints(KeyCaller key, RoutingContext request) {
        if (key.grant().allowedEndpoints().isEmpty()) {
            return;
        }
        @Nullable String template = PathTemplate.of(request);
        @Nullable EndpointPattern endpoint =
                template == null
                        ? null
                        : EndpointPattern.parse(request.request().method() + " " + template);
        if (endpoint == null || !key.allowsEndpoint(endpoint)) {
            throw ENDPOINT_NOT_ALLOWED.because(
                    "This key may not call this endpoint. Use one that it allows, or another key.");
        }
    }

    /// The header fields of draft-ietf-httpapi-ratelimit-headers-07, which Resend sends as well.
    private static void addHeaders(RateWindow window, HttpServerResponse response) {
        RateLimit limit = window.limit();
        response.putHeader("ratelimit-limit", Long.toString(limit.limit()));
        response.putHeader("ratelimit-remaining", Long.toString(window.remaining()));
        response.putHeader("ratelimit-reset", Long.toString(window.resetSeconds()));
        response.putHeader(
                "ratelimit-policy", "%d;w=%d".formatted(limit.limit(), limit.window().toSeconds()));
    }

    private static void refuseTooMany(RateWindow window) {
        if (window.isExceeded()) {
            throw RATE_LIMIT_EXCEEDED.retryAfter(
                    Duration.ofSeconds(window.resetSeconds()),
                    "This key may make %d requests in %d seconds. Wait for the next window."
                            .formatted(
                                    window.limit().limit(), window.limit().window().toSeconds()));
        }
    }
}

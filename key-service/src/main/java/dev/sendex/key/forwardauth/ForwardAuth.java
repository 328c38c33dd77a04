package dev.sendex.key.forwardauth;

import static dev.sendex.common.problem.Problem.ENDPOINT_NOT_ALLOWED;
import static dev.sendex.common.problem.Problem.INVALID_PARAMETER;
import static dev.sendex.common.problem.Problem.IP_NOT_ALLOWED;
import static dev.sendex.common.problem.Problem.RESTRICTED_API_KEY;
import static dev.sendex.common.problem.Problem.SERVICE_UNAVAILABLE;

import dev.sendex.common.identity.caller.KeyCaller;
import dev.sendex.common.introspection.Introspection;
import dev.sendex.common.introspection.KeyGrant;
import dev.sendex.common.introspection.TokenIntrospector;
import dev.sendex.common.network.client.ClientAddress;
import dev.sendex.common.permission.Permission;
import dev.sendex.common.problem.ProblemException;
import dev.sendex.common.token.ApiKeyToken;
import dev.sendex.common.usage.CountedKey;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// Authorizes the request that a proxy asks about by its key. Requests that cannot be fully checked
/// are refused.
@ApplicationScoped
class ForwardAuth {

    private static final String REQUIRED_SCOPE = "X-Sendex-Required-Scope";
    private static final String METER = "sendex.forward.auths";

    private final TokenIntrospector introspector;
    private final ClientAddress addresses;
    private final MeterRegistry metrics;

    ForwardAuth(TokenIntrospector introspector, ClientAddress addresses, MeterRegistry metrics) {
        this.introspector = introspector;
        this.addresses = addresses;
        this.metrics = metrics;
    }

    /// The key's identity in headers for the upstream service, or the problem why the request is
    /// refused.
    Uni<RestResponse<Void>> authorize(RoutingContext context, List<String> scopes) {
        HttpServerRequest request = context.request();
        return Uni.createFrom()
                .deferred(() ->
                        introspector.introspect(tokenOf(request), () -> addresses.of(request)))
                .map(ForwardAuth::caller)
                .invoke(caller -> CountedKey.set(context, caller.grant()))
                .invoke(caller -> refuseBeyond(caller, request, scopes))
                .map(ForwardAuth::allowed)
                .invoke(_ -> count("allowed"))
                .onFailure(ProblemException.class)
                .invoke(refused -> count(refused.problem().slug()));
    }

    private void count(String outcome) {
        metrics.counter(METER, "outcome", outcome).increment();
    }

    private static ApiKeyToken tokenOf(HttpServerRequest request) {
        return PresentedToken.of(request.headers().getAll("Authorization"));
    }

    private static KeyCaller caller(Introspection introspection) {
        return switch (introspection) {
            case Introspection.Active(KeyGrant grant) -> new KeyCaller(grant);
            case Introspection.Inactive _ -> throw PresentedToken.invalid();
            case Introspection.Unavailable(Duration retryAfter) ->
                    throw SERVICE_UNAVAILABLE.retryAfter(
                            retryAfter,
                            "The key cannot be verified at the moment. Try again in a moment.");
        };
    }

    private void refuseBeyond(KeyCaller caller, HttpServerRequest request, List<String> scopes) {
        refuseWithout(required(scopes, request), caller.permissions());
        KeyGrant grant = caller.grant();
        if (!grant.allowedIps().isEmpty() && !caller.allowsAddress(addresses.of(request))) {
            throw IP_NOT_ALLOWED.because(
                    "This key may not be used from your address. Call from a network that it"
                            + " allows.");
        }
        if (!grant.allowedEndpoints().isEmpty()
                && !OriginalRequest.of(request.headers()).goesToOneOf(grant.allowedEndpoints())) {
            throw ENDPOINT_NOT_ALLOWED.because(
                    "This key may not be used for this request. Use one that allows the endpoint.");
        }
    }

    /// The permissions that the proxy requires. If a client sends the header itself, it can only
    /// add requirements.
    private static Set<Permission> required(List<String> scopes, HttpServerRequest request) {
        List<String> demands = new ArrayList<>(scopes);
        demands.addAll(request.headers().getAll(REQUIRED_SCOPE));
        Set<Permission> required = EnumSet.noneOf(Permission.class);
        for (String name : String.join(" ", demands).strip().split(" +", -1)) {
            @Nullable Permission permission = Permission.find(name);
            if (permission != null) {
                required.add(permission);
            } else if (!name.isEmpty()) {
                throw INVALID_PARAMETER.on("scope", "has an unknown permission: " + name);
            }
        }
        return required;
    }

    private static void refuseWithout(Set<Permission> required, Set<Permission> held) {
        required.removeAll(held);
        if (!required.isEmpty()) {
            String missing = Permission.scope(required);
            throw RESTRICTED_API_KEY
                    .because(
                            "This request requires `%s`. Use a key that has it.".formatted(missing))
                    .challenge(
                            PresentedToken.CHALLENGE
                                    + ", error=\"insufficient_scope\", scope=\""
                                    + missing
                                    + "\"");
        }
    }

    private static RestResponse<Void> allowed(KeyCaller caller) {
        KeyGrant grant = caller.grant();
        return RestResponse.ResponseBuilder.<Void>create(RestResponse.Status.OK)
                .header("X-Sendex-Account", grant.accountId().toString())
                .header("X-Sendex-Key", grant.keyId().toString())
                .header("X-Sendex-Key-Type", grant.type().value())
                .header("X-Sendex-Environment", grant.environment().value())
                .header("X-Sendex-Scope", Permission.scope(grant.permissions()))
                .header("Cache-Control", "no-store")
                .build();
    }
}

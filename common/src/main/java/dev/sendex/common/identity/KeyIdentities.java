package dev.sendex.common.identity;

import dev.sendex.common.identity.RequestAuthentication.KeyAuthentication;
import dev.sendex.common.identity.caller.KeyCaller;
import dev.sendex.common.introspection.Introspection;
import dev.sendex.common.introspection.Introspection.Active;
import dev.sendex.common.introspection.Introspection.Inactive;
import dev.sendex.common.introspection.Introspection.Unavailable;
import dev.sendex.common.introspection.KeyGrant;
import dev.sendex.common.introspection.TokenIntrospector;
import dev.sendex.common.network.client.ClientAddress;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Authenticates callers by API key.
@ApplicationScoped
class KeyIdentities implements IdentityProvider<KeyAuthentication> {

    private final TokenIntrospector introspector;
    private final ClientAddress addresses;

    KeyIdentities(TokenIntrospector introspector, ClientAddress addresses) {
        this.introspector = introspector;
        this.addresses = addresses;
    }

    @Override
    public Class<KeyAuthentication> getRequestType() {
        return KeyAuthentication.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            KeyAuthentication request, AuthenticationRequestContext context) {
        return introspector
                .introspect(request.token(), () -> client(request))
                .map(KeyIdentities::caller)
                .map(caller -> CallerIdentity.of(caller, request))
                .invoke(identity -> refuseOtherAddresses(identity, request));
    }

    private @Nullable InetAddress client(KeyAuthentication request) {
        RoutingContext context = HttpSecurityUtils.getRoutingContextAttribute(request);
        return addresses.of(context.request());
    }

    private void refuseOtherAddresses(SecurityIdentity identity, KeyAuthentication request) {
        KeyCaller caller = (KeyCaller) identity.getPrincipal();
        if (!caller.grant().allowedIps().isEmpty() && !caller.allowsAddress(client(request))) {
            throw Challenges.addressNotAllowed();
        }
    }

    private static KeyCaller caller(Introspection introspection) {
        return switch (introspection) {
            case Active(KeyGrant grant) -> new KeyCaller(grant);
            case Inactive _ -> throw Challenges.invalidKey();
            case Unavailable(Duration retryAfter) -> throw Challenges.unavailable(retryAfter);
        };
    }
}

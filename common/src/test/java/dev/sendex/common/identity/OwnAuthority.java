package dev.sendex.common.identity;

import static dev.sendex.common.introspection.Grants.aGrant;
import static dev.sendex.common.permission.Permission.EMAILS_READ;

import dev.sendex.common.identity.caller.SessionCaller;
import dev.sendex.common.identity.session.SessionKeys;
import dev.sendex.common.identity.session.SessionStatus;
import dev.sendex.common.introspection.Introspection;
import dev.sendex.common.introspection.TokenIntrospector;
import dev.sendex.common.token.ApiKeyToken;
import io.quarkus.arc.properties.IfBuildProperty;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.security.PublicKey;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Takes the place of key-service's own database: every key may read emails.
@Singleton
@IfBuildProperty(name = "sendex.identity.authority", stringValue = "own")
class OwnAuthority implements TokenIntrospector, SessionKeys, SessionStatus {

    @Override
    public Uni<Introspection> introspect(
            ApiKeyToken token, Supplier<@Nullable InetAddress> client) {
        return Uni.createFrom().item(new Introspection.Active(aGrant(token, EMAILS_READ)));
    }

    @Override
    public Uni<@Nullable SessionCaller> of(SessionCaller signed, String token) {
        return Uni.createFrom().item(signed);
    }

    @Override
    public Uni<@Nullable PublicKey> find(String keyId) {
        return Uni.createFrom().nullItem();
    }
}

package dev.sendex.key.introspection;

import dev.sendex.key.clients.ClientConfig;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/// The metadata endpoint (RFC 8414).
@Path("/.well-known/oauth-authorization-server")
class AuthorizationServerResource {

    private final AuthorizationServer metadata;

    AuthorizationServerResource(ClientConfig config) {
        this.metadata = AuthorizationServer.of(config);
    }

    @GET
    @PermitAll
    public Uni<AuthorizationServer> get() {
        return Uni.createFrom().item(metadata);
    }
}

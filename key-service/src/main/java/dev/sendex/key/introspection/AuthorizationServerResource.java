package dev.sendex.key.introspection;

import dev.sendex.key.clients.ClientConfig;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/// The metadata endpoint (RFC 8414), also under the name that clients made for OpenID Connect look
/// for (section 5 there).
@Path("/.well-known")
class AuthorizationServerResource {

    private final AuthorizationServer metadata;

    AuthorizationServerResource(ClientConfig config) {
        this.metadata = AuthorizationServer.of(config);
    }

    @GET
    @Path("/oauth-authorization-server")
    @PermitAll
    public Uni<AuthorizationServer> get() {
        return Uni.createFrom().item(metadata);
    }

    @GET
    @Path("/openid-configuration")
    @PermitAll
    public Uni<AuthorizationServer> getForOpenId() {
        return get();
    }
}

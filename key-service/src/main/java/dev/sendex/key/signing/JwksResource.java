package dev.sendex.key.signing;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Map;

/// The public keys for verifying sessions (RFC 7517): the current, the next and previous ones.
@Path("/.well-known/jwks.json")
class JwksResource {

    private final SigningKeys keys;

    JwksResource(SigningKeys keys) {
        this.keys = keys;
    }

    @GET
    @PermitAll
    public Uni<Map<String, List<Map<String, Object>>>> get() {
        return Uni.createFrom().item(Map.of("keys", keys.published()));
    }
}

package dev.sendex.key.accounts;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Map;

/// The public keys that sessions are verified with (RFC 7517).
@Path("/.well-known/jwks.json")
class JwksResource {

    private final SigningKey key;

    JwksResource(SigningKey key) {
        this.key = key;
    }

    @GET
    @PermitAll
    public Uni<Map<String, List<Map<String, Object>>>> get() {
        return Uni.createFrom().item(Map.of("keys", List.of(key.publicJwk())));
    }
}

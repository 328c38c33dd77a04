package dev.sendex.key.leaks;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Receives alerts of GitHub's secret scanning. Open to everyone: the signature is the credential.
@Path("/v1/api-keys/leaks")
class LeaksResource {

    private final Leaks leaks;

    LeaksResource(Leaks leaks) {
        this.leaks = leaks;
    }

    @POST
    @PermitAll
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<List<ScanResult>> receive(
            @HeaderParam("Github-Public-Key-Identifier") @Nullable String keyId,
            @HeaderParam("Github-Public-Key-Signature") @Nullable String signature,
            byte[] body) {
        return leaks.receive(keyId, signature, body);
    }
}

package dev.sendex.webhook.ingest;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

/// Where SNS posts. Open to everyone: the message's signature is the credential.
@Path("/ingest/sns")
class IngestResource {

    private final SnsIngest ingest;

    IngestResource(SnsIngest ingest) {
        this.ingest = ingest;
    }

    @POST
    @PermitAll
    @Consumes({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
    public Uni<IngestReceipt> take(byte[] body) {
        return ingest.take(body);
    }
}

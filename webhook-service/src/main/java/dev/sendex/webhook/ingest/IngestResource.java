package dev.sendex.webhook.ingest;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

/// The endpoint to which SNS posts. Needs no key, since the messages are signed.
@Path("/ingest/sns")
class IngestResource {

    private final SnsIngest ingest;

    IngestResource(SnsIngest ingest) {
        this.ingest = ingest;
    }

    @POST
    @PermitAll
    @Consumes({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
    public Uni<IngestReceipt> accept(byte[] body) {
        return ingest.accept(body);
    }
}

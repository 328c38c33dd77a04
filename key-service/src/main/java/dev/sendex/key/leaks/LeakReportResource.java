package dev.sendex.key.leaks;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.ResponseStatus;

/// For anyone who found a key. Open to everyone: the key itself is the proof.
@Path("/v1/api-keys/report")
class LeakReportResource {

    private final Leaks leaks;

    LeakReportResource(Leaks leaks) {
        this.leaks = leaks;
    }

    @POST
    @PermitAll
    @ResponseStatus(202)
    public Uni<ReportReceipt> take(@Valid @NotNull(message = "is required") LeakReport report) {
        return leaks.take(report);
    }
}

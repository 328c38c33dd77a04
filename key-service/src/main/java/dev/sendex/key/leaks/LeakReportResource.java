package dev.sendex.key.leaks;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.ResponseStatus;

/// Accepts reports of leaked keys. Open to everyone: the key itself is the proof.
@Path("/v1/api-keys/report")
class LeakReportResource {

    private final Leaks leaks;

    LeakReportResource(Leaks leaks) {
        this.leaks = leaks;
    }

    @POST
    @PermitAll
    @ResponseStatus(202)
    public Uni<ReportReceipt> report(@Valid @NotNull(message = "is required") LeakReport report) {
        return leaks.receive(report);
    }
}

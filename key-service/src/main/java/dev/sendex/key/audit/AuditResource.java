package dev.sendex.key.audit;

import static dev.sendex.common.problem.Problem.NOT_FOUND;

import dev.sendex.common.identity.CurrentCaller;
import dev.sendex.common.page.ListOf;
import dev.sendex.common.page.Page;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.jboss.resteasy.reactive.common.util.RestMediaType;
import org.jspecify.annotations.Nullable;

@Path("/v1/audit-events")
class AuditResource {

    private final AuditReader events;
    private final AuditChain chain;
    private final CurrentCaller caller;

    AuditResource(AuditReader events, AuditChain chain, CurrentCaller caller) {
        this.events = events;
        this.chain = chain;
        this.caller = caller;
    }

    @GET
    @PermissionsAllowed("audit:read")
    public Uni<ListOf<AuditView>> list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after,
            @QueryParam("before") @Nullable String before,
            @Context UriInfo uri) {
        return events.list(
                caller.get().accountId(),
                AuditFilter.of(uri.getQueryParameters()),
                Page.of(limit, after, before));
    }

    @GET
    @Path("/verify")
    @PermissionsAllowed("audit:read")
    public Uni<AuditVerification> verify() {
        return chain.verify(caller.get().accountId());
    }

    @GET
    @Path("/export")
    @Produces(RestMediaType.APPLICATION_NDJSON)
    @PermissionsAllowed("audit:read")
    public Multi<AuditView> export(@Context UriInfo uri) {
        return events.stream(caller.get().accountId(), AuditFilter.of(uri.getQueryParameters()))
                .map(AuditView::of);
    }

    @GET
    @Path("/{id}")
    @PermissionsAllowed("audit:read")
    public Uni<AuditView> get(@PathParam("id") String id) {
        return events.require(caller.get().accountId(), id(id));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException malformed) {
            throw NOT_FOUND.because("No audit event has this id.");
        }
    }
}

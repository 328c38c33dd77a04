package dev.sendex.send.suppressions;

import dev.sendex.common.identity.CurrentCaller;
import dev.sendex.common.page.Deleted;
import dev.sendex.common.page.ListOf;
import dev.sendex.common.page.Page;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/v1/suppressions")
class SuppressionsResource {

    private final CurrentCaller caller;
    private final Suppressions suppressions;

    SuppressionsResource(CurrentCaller caller, Suppressions suppressions) {
        this.caller = caller;
        this.suppressions = suppressions;
    }

    @GET
    @PermissionsAllowed("suppressions:read")
    public Uni<ListOf<SuppressionView>> list(
            @RestQuery @Nullable String origin,
            @RestQuery @Nullable String limit,
            @RestQuery @Nullable String after,
            @RestQuery @Nullable String before) {
        return suppressions.list(caller.get().accountId(), origin, Page.of(limit, after, before));
    }

    @GET
    @Path("/{id}")
    @PermissionsAllowed("suppressions:read")
    public Uni<SuppressionView> get(@RestPath String id) {
        return suppressions.require(caller.get().accountId(), id);
    }

    @DELETE
    @Path("/{id}")
    @PermissionsAllowed("suppressions:write")
    public Uni<Deleted> remove(@RestPath String id) {
        return suppressions.remove(caller.get().accountId(), id);
    }
}

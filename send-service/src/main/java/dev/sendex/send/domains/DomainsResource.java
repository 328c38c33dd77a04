package dev.sendex.send.domains;

import dev.sendex.common.identity.CurrentCaller;
import dev.sendex.common.page.ListOf;
import dev.sendex.common.page.Page;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/v1/domains")
class DomainsResource {

    private final CurrentCaller caller;
    private final Domains domains;

    DomainsResource(CurrentCaller caller, Domains domains) {
        this.caller = caller;
        this.domains = domains;
    }

    @POST
    @ResponseStatus(201)
    @PermissionsAllowed("domains:write")
    public Uni<DomainView> create(@Nullable CreateDomain request) {
        return domains.create(caller.get().accountId(), request);
    }

    @GET
    @PermissionsAllowed("domains:read")
    public Uni<ListOf<DomainView>> list(
            @RestQuery @Nullable String limit,
            @RestQuery @Nullable String after,
            @RestQuery @Nullable String before) {
        return domains.list(caller.get().accountId(), Page.of(limit, after, before));
    }

    @GET
    @Path("/{id}")
    @PermissionsAllowed("domains:read")
    public Uni<DomainView> get(@RestPath String id) {
        return domains.require(caller.get().accountId(), id);
    }

    @PATCH
    @Path("/{id}")
    @PermissionsAllowed("domains:write")
    public Uni<DomainReceipt> update(@RestPath String id, @Nullable DomainOptions request) {
        return domains.update(caller.get().accountId(), id, request);
    }

    @POST
    @Path("/{id}/verify")
    @PermissionsAllowed("domains:write")
    public Uni<DomainReceipt> verify(@RestPath String id) {
        return domains.verify(caller.get().accountId(), id);
    }

    @DELETE
    @Path("/{id}")
    @PermissionsAllowed("domains:write")
    public Uni<DomainReceipt> delete(@RestPath String id) {
        return domains.delete(caller.get().accountId(), id);
    }
}

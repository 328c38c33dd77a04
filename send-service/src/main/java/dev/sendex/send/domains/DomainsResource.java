package dev.sendex.send.domains;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sendex.common.identity.CurrentCaller;
import dev.sendex.common.page.Deleted;
import dev.sendex.common.page.ListOf;
import dev.sendex.common.page.Page;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
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

    /// The body of `POST /v1/domains`.
    ///
    /// @param region must be the region that this server sends from, if given
    /// @param customReturnPath the label of the subdomain that bounces are returned to
    @RegisterForReflection
    record CreateDomain(
            @Nullable String name,
            @Nullable String region,
            @JsonProperty("custom_return_path") @Nullable String customReturnPath,
            @Nullable String tls,
            @JsonProperty("open_tracking") @Nullable Boolean openTracking,
            @JsonProperty("click_tracking") @Nullable Boolean clickTracking,
            @JsonProperty("tracking_subdomain") @Nullable String trackingSubdomain,
            @Nullable DomainCapabilities capabilities) {

        UpdateDomain options() {
            return new UpdateDomain(
                    tls, openTracking, clickTracking, trackingSubdomain, capabilities);
        }
    }

    /// The body of `PATCH /v1/domains/{id}`. All domains of a server have the same options, so
    /// other values than the current ones are rejected.
    @RegisterForReflection
    record UpdateDomain(
            @Nullable String tls,
            @JsonProperty("open_tracking") @Nullable Boolean openTracking,
            @JsonProperty("click_tracking") @Nullable Boolean clickTracking,
            @JsonProperty("tracking_subdomain") @Nullable String trackingSubdomain,
            @Nullable DomainCapabilities capabilities) {}

    /// A response that only identifies the domain.
    ///
    /// @param object always `domain`
    @RegisterForReflection
    record ShortDomain(String object, UUID id) {

        static ShortDomain of(Domain domain) {
            return new ShortDomain("domain", domain.id());
        }
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
    public Uni<ShortDomain> update(@RestPath String id, @Nullable UpdateDomain request) {
        return domains.update(caller.get().accountId(), id, request);
    }

    @POST
    @Path("/{id}/verify")
    @PermissionsAllowed("domains:write")
    public Uni<ShortDomain> verify(@RestPath String id) {
        return domains.verify(caller.get().accountId(), id);
    }

    @DELETE
    @Path("/{id}")
    @PermissionsAllowed("domains:write")
    public Uni<Deleted> delete(@RestPath String id) {
        return domains.delete(caller.get().accountId(), id);
    }
}

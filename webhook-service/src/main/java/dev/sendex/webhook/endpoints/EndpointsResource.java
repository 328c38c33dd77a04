package dev.sendex.webhook.endpoints;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.sendex.common.identity.CurrentCaller;
import dev.sendex.common.page.Deleted;
import dev.sendex.common.page.ListOf;
import dev.sendex.common.page.Page;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

@Path("/v1/webhooks")
class EndpointsResource {

    private final Endpoints endpoints;
    private final CurrentCaller caller;

    EndpointsResource(Endpoints endpoints, CurrentCaller caller) {
        this.endpoints = endpoints;
        this.caller = caller;
    }

    /// The body of `POST /v1/webhooks`.
    ///
    /// @param endpoint the URL
    /// @param events the event types to subscribe to
    record CreateEndpoint(
            @NotBlank(message = "is required") String endpoint,
            @NotNull(message = "is required") List<String> events) {}

    /// The body of `PATCH /v1/webhooks/{id}`; absent members stay unchanged. Some SDKs repeat the
    /// endpoint's id, which is ignored.
    @JsonIgnoreProperties("webhook_id")
    record ChangeEndpoint(
            @Nullable String endpoint,
            @Nullable List<String> events,
            @Pattern(regexp = "enabled|disabled", message = "must be `enabled` or `disabled`")
                    @Nullable String status) {}

    @POST
    @ResponseStatus(201)
    @PermissionsAllowed("webhooks:write")
    public Uni<EndpointView> create(
            @Valid @NotNull(message = "is required") CreateEndpoint request) {
        return endpoints.create(caller.get().accountId(), request);
    }

    @GET
    @PermissionsAllowed("webhooks:read")
    public Uni<ListOf<EndpointView>> list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after,
            @QueryParam("before") @Nullable String before) {
        return endpoints.list(caller.get().accountId(), Page.of(limit, after, before));
    }

    @GET
    @Path("/{id}")
    @PermissionsAllowed("webhooks:read")
    public Uni<EndpointView> get(@PathParam("id") String id) {
        return endpoints.get(caller.get(), parse(id));
    }

    @PATCH
    @Path("/{id}")
    @PermissionsAllowed("webhooks:write")
    public Uni<EndpointView> change(
            @PathParam("id") String id,
            @Valid @NotNull(message = "is required") ChangeEndpoint request) {
        return endpoints.change(caller.get().accountId(), parse(id), request);
    }

    @DELETE
    @Path("/{id}")
    @PermissionsAllowed("webhooks:write")
    public Uni<Deleted> delete(@PathParam("id") String id) {
        return endpoints.delete(caller.get().accountId(), parse(id));
    }

    /// A malformed id is answered like an unknown one.
    private static UUID parse(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException noId) {
            throw EndpointStore.unknown();
        }
    }
}

package dev.sendex.key.keys;

import dev.sendex.common.identity.CurrentCaller;
import dev.sendex.common.page.ListOf;
import dev.sendex.common.page.Page;
import io.quarkus.security.Authenticated;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

@Path("/v1/api-keys")
class KeysResource {

    private final Keys keys;
    private final PresentedKey presentedKey;
    private final CurrentCaller caller;

    KeysResource(Keys keys, PresentedKey presentedKey, CurrentCaller caller) {
        this.keys = keys;
        this.presentedKey = presentedKey;
        this.caller = caller;
    }

    @POST
    @ResponseStatus(201)
    @PermissionsAllowed("api_keys:write")
    public Uni<KeyView> issue(@Valid @NotNull(message = "is required") IssueKey request) {
        return keys.issue(request, caller.get());
    }

    @GET
    @PermissionsAllowed("api_keys:read")
    public Uni<ListOf<KeyView>> list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after,
            @QueryParam("before") @Nullable String before) {
        return keys.list(caller.get().accountId(), Page.of(limit, after, before));
    }

    @GET
    @Path("/me")
    @Authenticated
    public Uni<KeyView> me() {
        return presentedKey.of(caller.get());
    }

    @GET
    @Path("/{id}")
    @PermissionsAllowed("api_keys:read")
    public Uni<KeyView> get(@PathParam("id") String id) {
        return keys.get(caller.get().accountId(), KeyId.parse(id));
    }

    @DELETE
    @Path("/{id}")
    @PermissionsAllowed("api_keys:write")
    public Uni<RevokedKey> revoke(@PathParam("id") String id) {
        return keys.revoke(caller.get().accountId(), KeyId.parse(id));
    }
}

package dev.sendex.key.invitations;

import static dev.sendex.common.problem.Problem.NOT_FOUND;

import dev.sendex.common.identity.CurrentCaller;
import dev.sendex.common.page.Deleted;
import dev.sendex.common.page.ListOf;
import dev.sendex.common.page.Page;
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
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/// The open invitations of the caller's account. Keys can read them, only members can invite.
@Path("/v1/invitations")
class InvitationsResource {

    private final Invitations invitations;
    private final CurrentCaller caller;

    InvitationsResource(Invitations invitations, CurrentCaller caller) {
        this.invitations = invitations;
        this.caller = caller;
    }

    @POST
    @ResponseStatus(201)
    @PermissionsAllowed("account:write")
    public Uni<InvitationView> invite(@Valid @NotNull(message = "is required") Invite request) {
        return invitations.invite(caller.user(), request);
    }

    @GET
    @PermissionsAllowed("account:read")
    public Uni<ListOf<InvitationView>> list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after,
            @QueryParam("before") @Nullable String before) {
        return invitations.list(caller.get().accountId(), Page.of(limit, after, before));
    }

    @DELETE
    @Path("/{id}")
    @PermissionsAllowed("account:write")
    public Uni<Deleted> withdraw(@PathParam("id") String id) {
        return invitations.withdraw(caller.user(), id(id));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException malformed) {
            throw NOT_FOUND.because("No invitation has this id.");
        }
    }
}

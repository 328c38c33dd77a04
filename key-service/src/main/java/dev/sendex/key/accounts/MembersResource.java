package dev.sendex.key.accounts;

import dev.sendex.common.identity.CurrentCaller;
import dev.sendex.common.page.ListOf;
import dev.sendex.common.page.Page;
import dev.sendex.key.accounts.Membership.RemovedMember;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/// The members of the caller's account. Keys can read them, only members can change them.
@Path("/v1/members")
class MembersResource {

    private final Membership membership;
    private final CurrentCaller caller;

    MembersResource(Membership membership, CurrentCaller caller) {
        this.membership = membership;
        this.caller = caller;
    }

    @GET
    @PermissionsAllowed("account:read")
    public Uni<ListOf<MemberView>> list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after,
            @QueryParam("before") @Nullable String before) {
        return membership.list(caller.get().accountId(), Page.of(limit, after, before));
    }

    @PATCH
    @Path("/{id}")
    @PermissionsAllowed("account:write")
    public Uni<MemberView> change(
            @PathParam("id") String id,
            @Valid @NotNull(message = "is required") ChangeMember request) {
        return membership.change(caller.user(), MemberId.parse(id), Role.require(request.role()));
    }

    @DELETE
    @Path("/{id}")
    @PermissionsAllowed("account:write")
    public Uni<RemovedMember> remove(
            @PathParam("id") String id, @QueryParam("hand_over_to") @Nullable String newOwner) {
        return membership.remove(caller.user(), MemberId.parse(id), newOwner);
    }

    /// A request to give a member another role.
    record ChangeMember(@NotNull(message = "is required") String role) {}
}

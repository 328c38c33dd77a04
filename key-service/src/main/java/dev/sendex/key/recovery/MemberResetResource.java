package dev.sendex.key.recovery;

import dev.sendex.common.identity.CurrentCaller;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.jboss.resteasy.reactive.ResponseStatus;

/// Password resets for other members.
@Path("/v1/members/{id}/password-reset")
class MemberResetResource {

    private final PasswordResets resets;
    private final CurrentCaller caller;

    MemberResetResource(PasswordResets resets, CurrentCaller caller) {
        this.resets = resets;
        this.caller = caller;
    }

    @POST
    @ResponseStatus(201)
    @PermissionsAllowed("account:write")
    public Uni<ResetLink> create(@PathParam("id") String id) {
        return resets.createFor(caller.user(), id);
    }
}

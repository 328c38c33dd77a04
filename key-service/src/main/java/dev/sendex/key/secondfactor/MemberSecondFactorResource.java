package dev.sendex.key.secondfactor;

import dev.sendex.common.identity.CurrentCaller;
import dev.sendex.common.page.Deleted;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/// The second factor of another member, who has lost their phone.
@Path("/v1/members/{id}/second-factor")
class MemberSecondFactorResource {

    private final EnabledSecondFactor enabled;
    private final CurrentCaller caller;

    MemberSecondFactorResource(EnabledSecondFactor enabled, CurrentCaller caller) {
        this.enabled = enabled;
        this.caller = caller;
    }

    @DELETE
    @PermissionsAllowed("account:write")
    public Uni<Deleted> disable(@PathParam("id") String id) {
        return enabled.disableOf(caller.user(), id);
    }
}

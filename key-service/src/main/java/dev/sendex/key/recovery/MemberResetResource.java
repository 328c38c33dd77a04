package dev.sendex.key.recovery;

import static dev.sendex.common.problem.Problem.NOT_FOUND;

import dev.sendex.common.identity.CurrentCaller;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;

/// A link for another member who has lost their password.
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
    public Uni<ResetLink> make(@PathParam("id") String id) {
        return resets.makeFor(caller.person(), id(id));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException noId) {
            throw NOT_FOUND.because("There is no such member.");
        }
    }
}

package dev.sendex.key.recovery;

import dev.sendex.common.identity.CurrentCaller;
import dev.sendex.key.sessions.OwnPagesOnly;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.ResponseStatus;

/// One's own password.
@Path("/v1/auth")
@OwnPagesOnly
class PasswordResource {

    private final PasswordChange change;
    private final PasswordResets resets;
    private final CurrentCaller caller;

    PasswordResource(PasswordChange change, PasswordResets resets, CurrentCaller caller) {
        this.change = change;
        this.resets = resets;
        this.caller = caller;
    }

    @POST
    @Path("/password")
    @Authenticated
    public Uni<ChangedPassword> change(
            @Valid @NotNull(message = "is required") ChangePassword request) {
        return change.change(caller.person(), request);
    }

    @POST
    @Path("/password-reset")
    @ResponseStatus(202)
    @PermitAll
    public Uni<RequestedReset> request(
            @Valid @NotNull(message = "is required") RequestReset request) {
        return resets.request(request);
    }

    @POST
    @Path("/password-reset/confirm")
    @PermitAll
    public Uni<ChangedPassword> confirm(
            @Valid @NotNull(message = "is required") ConfirmReset request) {
        return resets.confirm(request);
    }
}

package dev.sendex.key.recovery;

import dev.sendex.common.identity.CurrentCaller;
import dev.sendex.key.sessions.SessionCookies;
import dev.sendex.key.sessions.signin.SameOriginOnly;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;

/// The caller's own password.
@Path("/v1/auth")
@SameOriginOnly
class PasswordResource {

    private final PasswordChange change;
    private final PasswordResets resets;
    private final SessionCookies cookies;
    private final CurrentCaller caller;

    PasswordResource(
            PasswordChange change,
            PasswordResets resets,
            SessionCookies cookies,
            CurrentCaller caller) {
        this.change = change;
        this.resets = resets;
        this.cookies = cookies;
        this.caller = caller;
    }

    @POST
    @Path("/password")
    @Authenticated
    public Uni<RestResponse<ChangedPassword>> change(
            @Valid @NotNull(message = "is required") ChangePassword request) {
        return change.change(caller.user(), request).map(this::answer);
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
    public Uni<RestResponse<ChangedPassword>> confirm(
            @Valid @NotNull(message = "is required") ConfirmReset request) {
        return resets.confirm(request).map(this::answer);
    }

    private RestResponse<ChangedPassword> answer(NewPassword.Result result) {
        return cookies.answer(result.changed(), result.device());
    }
}

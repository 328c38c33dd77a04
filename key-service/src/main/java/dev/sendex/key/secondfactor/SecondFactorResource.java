package dev.sendex.key.secondfactor;

import dev.sendex.common.identity.CurrentCaller;
import dev.sendex.common.page.Deleted;
import dev.sendex.key.secondfactor.Enrolment.ConfirmSecondFactor;
import dev.sendex.key.secondfactor.Enrolment.StartSecondFactor;
import dev.sendex.key.secondfactor.Enrolment.StartedSecondFactor;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.ResponseStatus;

/// The caller's own second factor, for any role. Keys have none.
@Path("/v1/auth/second-factor")
@Authenticated
class SecondFactorResource {

    private final Enrolment enrolment;
    private final EnabledSecondFactor enabled;
    private final CurrentCaller caller;

    SecondFactorResource(Enrolment enrolment, EnabledSecondFactor enabled, CurrentCaller caller) {
        this.enrolment = enrolment;
        this.enabled = enabled;
        this.caller = caller;
    }

    @GET
    public Uni<SecondFactorView> get() {
        return enabled.get(caller.user());
    }

    @POST
    @ResponseStatus(201)
    public Uni<StartedSecondFactor> start(
            @Valid @NotNull(message = "is required") StartSecondFactor request) {
        return enrolment.start(caller.user(), request);
    }

    @POST
    @Path("/confirm")
    public Uni<IssuedRecoveryCodes> confirm(
            @Valid @NotNull(message = "is required") ConfirmSecondFactor request) {
        return enrolment.confirm(caller.user(), request);
    }

    @POST
    @Path("/recovery-codes")
    public Uni<IssuedRecoveryCodes> renewCodes(
            @Valid @NotNull(message = "is required") PasswordAndCode request) {
        return enabled.renewCodes(caller.user(), request);
    }

    @POST
    @Path("/disable")
    public Uni<Deleted> disable(@Valid @NotNull(message = "is required") PasswordAndCode request) {
        return enabled.disable(caller.user(), request);
    }
}

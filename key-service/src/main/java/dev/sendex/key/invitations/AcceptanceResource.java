package dev.sendex.key.invitations;

import dev.sendex.key.sessions.SessionCookies;
import dev.sendex.key.sessions.SessionView;
import dev.sendex.key.sessions.signin.SameOriginOnly;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestResponse;

/// Endpoints for invited people. Open to everyone: the link's token is the credential.
@Path("/v1/auth/invitation")
@PermitAll
@SameOriginOnly
class AcceptanceResource {

    private final InvitationAcceptor acceptor;
    private final SessionCookies cookies;

    AcceptanceResource(InvitationAcceptor acceptor, SessionCookies cookies) {
        this.acceptor = acceptor;
        this.cookies = cookies;
    }

    @POST
    public Uni<InvitedView> lookUp(@Valid @NotNull(message = "is required") LookUp request) {
        return acceptor.lookUp(request.link());
    }

    @POST
    @Path("/accept")
    public Uni<RestResponse<SessionView>> accept(
            @Valid @NotNull(message = "is required") Accept request) {
        return acceptor.accept(request)
                .map(opened -> cookies.answer(RestResponse.Status.CREATED, opened));
    }
}

package dev.sendex.key.sessions.signin;

import dev.sendex.key.sessions.SessionCookies;
import dev.sendex.key.sessions.SessionCookies.SignedOut;
import dev.sendex.key.sessions.SessionView;
import dev.sendex.key.sessions.Sessions;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// Sign-up, sign-in, refresh and sign-out. Open to everyone, since these calls issue the
/// credentials.
@Path("/v1/auth")
@PermitAll
@SameOriginOnly
class AuthResource {

    private final SignIns signIns;
    private final Sessions sessions;
    private final SessionCookies cookies;

    AuthResource(SignIns signIns, Sessions sessions, SessionCookies cookies) {
        this.signIns = signIns;
        this.sessions = sessions;
        this.cookies = cookies;
    }

    @POST
    @Path("/sign-up")
    public Uni<RestResponse<SessionView>> signUp(
            @Valid @NotNull(message = "is required") SignUp request) {
        return signIns.signUp(request)
                .map(opened -> cookies.answer(RestResponse.Status.CREATED, opened));
    }

    @POST
    @Path("/sign-in")
    public Uni<RestResponse<SessionView>> signIn(
            @Valid @NotNull(message = "is required") SignIn request) {
        return signIns.signIn(request)
                .map(opened -> cookies.answer(RestResponse.Status.OK, opened));
    }

    @POST
    @Path("/refresh")
    public Uni<RestResponse<SessionView>> refresh(
            @CookieParam(SessionCookies.REFRESH) @Nullable String refreshToken) {
        return sessions.refresh(refreshToken)
                .map(opened -> cookies.answer(RestResponse.Status.OK, opened));
    }

    @POST
    @Path("/sign-out")
    public Uni<RestResponse<SignedOut>> signOut(
            @CookieParam(SessionCookies.REFRESH) @Nullable String refreshToken) {
        return sessions.signOut(refreshToken).map(_ -> cookies.answer(new SignedOut()));
    }
}

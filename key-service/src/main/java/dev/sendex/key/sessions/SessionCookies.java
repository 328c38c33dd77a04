package dev.sendex.key.sessions;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import org.jboss.resteasy.reactive.RestResponse;

/// The cookies by which a browser stays signed in. Scripts cannot read them, other sites cannot
/// make a browser send them.
@ApplicationScoped
public class SessionCookies {

    static final String ACCESS = "sendex_session";
    static final String REFRESH = "sendex_refresh";
    private static final String REFRESH_PATH = "/v1/auth";

    private final SessionConfig config;

    SessionCookies(SessionConfig config) {
        this.config = config;
    }

    public RestResponse<SessionView> answer(RestResponse.Status status, OpenedSession opened) {
        return RestResponse.ResponseBuilder.create(status, opened.view())
                .cookie(
                        cookie(
                                ACCESS,
                                opened.view().accessToken(),
                                "/",
                                config.accessTokenLifetime()),
                        cookie(REFRESH, opened.refreshToken(), REFRESH_PATH, config.lifetime()))
                .build();
    }

    RestResponse<SignedOut> answer(SignedOut signedOut) {
        return RestResponse.ResponseBuilder.ok(signedOut)
                .cookie(
                        cookie(ACCESS, "", "/", Duration.ZERO),
                        cookie(REFRESH, "", REFRESH_PATH, Duration.ZERO))
                .build();
    }

    private NewCookie cookie(String name, String value, String path, Duration lifetime) {
        return new NewCookie.Builder(name)
                .value(value)
                .path(path)
                .maxAge((int) lifetime.toSeconds())
                .httpOnly(true)
                .secure(config.cookieSecure())
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }
}

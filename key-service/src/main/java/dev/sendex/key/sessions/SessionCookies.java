package dev.sendex.key.sessions;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.sendex.key.devices.KnownDevices;
import dev.sendex.key.sessions.Sessions.OpenedSession;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// The cookies that keep a browser signed in. Scripts cannot read them, and other sites cannot make
/// a browser send them.
@ApplicationScoped
public class SessionCookies {

    private static final String ACCESS = "sendex_session";

    /// The cookie with the refresh token.
    public static final String REFRESH = "sendex_refresh";

    private static final String AUTH_PATH = "/v1/auth";

    private final SessionConfig config;
    private final KnownDevices devices;

    SessionCookies(SessionConfig config, KnownDevices devices) {
        this.config = config;
        this.devices = devices;
    }

    public RestResponse<SessionView> answer(RestResponse.Status status, OpenedSession opened) {
        String accessToken = opened.view().accessToken();
        return answer(RestResponse.ResponseBuilder.create(status, opened.view()), opened.device())
                .cookie(
                        cookie(ACCESS, accessToken, "/", config.accessTokenLifetime()),
                        cookie(REFRESH, opened.refreshToken(), AUTH_PATH, config.lifetime()))
                .build();
    }

    /// A response that marks the browser as a known device.
    public <T> RestResponse<T> answer(T body, String device) {
        return answer(RestResponse.ResponseBuilder.ok(body), device).build();
    }

    private <T> RestResponse.ResponseBuilder<T> answer(
            RestResponse.ResponseBuilder<T> answer, @Nullable String device) {
        return device == null
                ? answer
                : answer.cookie(cookie(KnownDevices.COOKIE, device, AUTH_PATH, devices.lifetime()));
    }

    /// A response that removes the cookies.
    public RestResponse<SignedOut> answer(SignedOut signedOut) {
        return RestResponse.ResponseBuilder.ok(signedOut)
                .cookie(
                        cookie(ACCESS, "", "/", Duration.ZERO),
                        cookie(REFRESH, "", AUTH_PATH, Duration.ZERO))
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

    /// The response to a sign-out.
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    public record SignedOut(String object, boolean signedOut) {

        public SignedOut() {
            this("session", true);
        }
    }
}

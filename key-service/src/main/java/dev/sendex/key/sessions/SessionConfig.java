package dev.sendex.key.sessions;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/// Settings of sessions.
@ConfigMapping(prefix = "sendex.sessions")
interface SessionConfig {

    /// Lifetime of an access token.
    @WithDefault("15m")
    Duration accessTokenLifetime();

    /// Lifetime of a session, including all refreshes.
    @WithDefault("30d")
    Duration lifetime();

    /// How long a replaced refresh token still returns its successor, for clients that did not get
    /// the response and for other tabs.
    @WithDefault("20s")
    @DurationMin(seconds = 0)
    @DurationMax(minutes = 1)
    Duration refreshGrace();

    /// Retention of ended and expired sessions.
    @WithDefault("7d")
    @DurationMin(seconds = 0)
    Duration keepEnded();

    /// Whether browsers send the cookies over HTTPS only. Disable it only for a stack on your own
    /// machine.
    @WithDefault("true")
    boolean cookieSecure();
}

package dev.sendex.key.sessions;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/// How people stay signed in.
@ConfigMapping(prefix = "sendex.sessions")
interface SessionConfig {

    /// How long an access token is good for.
    @WithDefault("15m")
    Duration accessTokenLifetime();

    /// How long a session can be refreshed.
    @WithDefault("30d")
    Duration lifetime();

    /// How long a refresh token that was replaced still gets its successor: for a client that did
    /// not get the answer, and for other tabs.
    @WithDefault("20s")
    @DurationMin(seconds = 0)
    @DurationMax(minutes = 1)
    Duration refreshGrace();

    /// How long a session that has ended or expired is kept.
    @WithDefault("7d")
    @DurationMin(seconds = 0)
    Duration keepEnded();

    /// Whether browsers send the cookies over HTTPS only. Off for a stack on one's own machine
    /// alone.
    @WithDefault("true")
    boolean cookieSecure();
}

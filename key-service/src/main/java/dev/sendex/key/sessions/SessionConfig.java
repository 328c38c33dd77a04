package dev.sendex.key.sessions;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How people stay signed in.
@ConfigMapping(prefix = "sendex.sessions")
interface SessionConfig {

    /// How long an access token is good for.
    @WithDefault("15m")
    Duration accessTokenLifetime();

    /// How long a session can be refreshed.
    @WithDefault("30d")
    Duration lifetime();

    /// Whether browsers send the cookies over HTTPS only. Off for a stack on one's own machine
    /// alone.
    @WithDefault("true")
    boolean cookieSecure();
}

package dev.sendex.key.accounts;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/// How people stay signed in.
@ConfigMapping(prefix = "sendex.sessions")
interface SessionConfig {

    /// A PEM file with an EC key on P-256, first `PRIVATE KEY` (PKCS#8), then `PUBLIC KEY`.
    Path signingKeyFile();

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

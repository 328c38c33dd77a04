package dev.sendex.common.identity.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/// Settings of the public keys of sessions.
@ConfigMapping(prefix = "sendex.sessions")
interface SessionKeysConfig {

    /// The URL of key-service's key set. It has no default and must be set in every service except
    /// key-service, which shares this mapping without using it.
    Optional<URI> jwksUrl();

    /// The [#jwksUrl()], which must be set.
    ///
    /// @throws IllegalStateException if it is not set
    default URI requiredJwksUrl() {
        return jwksUrl()
                .orElseThrow(
                        () -> new IllegalStateException("sendex.sessions.jwks-url is not set"));
    }

    /// The age from which the set is fetched again. A removed key is trusted for this long.
    @WithDefault("5m")
    @DurationMin(seconds = 10)
    @DurationMax(hours = 1)
    Duration jwksFreshFor();

    /// Timeout of one fetch.
    @WithDefault("2s")
    @DurationMin(millis = 50)
    @DurationMax(seconds = 10)
    Duration jwksTimeout();

    /// The minimum time between two fetches, regardless of the number of unknown keys.
    @WithDefault("5s")
    @DurationMin(seconds = 1)
    @DurationMax(seconds = 60)
    Duration jwksPause();
}

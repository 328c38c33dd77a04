package dev.sendex.common.identity.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/// Where the public keys of sessions are found.
@ConfigMapping(prefix = "sendex.sessions")
interface SessionKeysConfig {

    /// key-service's key set. Has no default and must be set in every service but key-service,
    /// which shares this mapping without using it.
    Optional<URI> jwksUrl();

    /// The [#jwksUrl()] where it is needed.
    ///
    /// @throws IllegalStateException where it is not set
    default URI requiredJwksUrl() {
        return jwksUrl()
                .orElseThrow(
                        () -> new IllegalStateException("sendex.sessions.jwks-url is not set"));
    }

    /// The age from which the set is fetched again; a key that was withdrawn is trusted for so
    /// long.
    @WithDefault("5m")
    @DurationMin(seconds = 10)
    @DurationMax(hours = 1)
    Duration jwksFreshFor();

    /// How long one fetch may take.
    @WithDefault("2s")
    @DurationMin(millis = 50)
    @DurationMax(seconds = 10)
    Duration jwksTimeout();

    /// The shortest time between two fetches, however many unknown keys are asked for.
    @WithDefault("5s")
    @DurationMin(seconds = 1)
    @DurationMax(seconds = 60)
    Duration jwksPause();
}

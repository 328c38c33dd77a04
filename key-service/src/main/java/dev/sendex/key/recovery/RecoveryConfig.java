package dev.sendex.key.recovery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/// Settings of password resets.
@ConfigMapping(prefix = "sendex.password-resets")
interface RecoveryConfig {

    /// Lifetime of a link.
    @WithDefault("1h")
    @DurationMin(minutes = 1)
    @DurationMax(days = 7)
    Duration lifetime();

    /// Retention of expired links.
    @WithDefault("1d")
    @DurationMin(seconds = 0)
    Duration keepExpired();
}

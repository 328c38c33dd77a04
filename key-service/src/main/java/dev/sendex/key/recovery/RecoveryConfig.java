package dev.sendex.key.recovery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/// How lost passwords are replaced.
@ConfigMapping(prefix = "sendex.password-resets")
interface RecoveryConfig {

    /// How long a link is good for.
    @WithDefault("1h")
    @DurationMin(minutes = 1)
    @DurationMax(days = 7)
    Duration lifetime();

    /// How long a link that nobody has used in time is kept.
    @WithDefault("1d")
    @DurationMin(seconds = 0)
    Duration keepExpired();
}

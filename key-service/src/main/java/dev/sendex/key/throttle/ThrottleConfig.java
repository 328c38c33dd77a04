package dev.sendex.key.throttle;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/// How often a secret may be guessed at. Only what fails counts in the end.
@ConfigMapping(prefix = "sendex.throttle")
interface ThrottleConfig {

    /// Attempts within a window on one email or member, wherever they come from.
    @WithDefault("10")
    @Min(1)
    @Max(100)
    int perSubject();

    /// Attempts within a window from one client address (of IPv6, one /64), on whomever.
    @WithDefault("100")
    @Min(1)
    @Max(100_000)
    int perClient();

    @WithDefault("15m")
    @DurationMin(seconds = 1)
    @DurationMax(hours = 24)
    Duration window();
}

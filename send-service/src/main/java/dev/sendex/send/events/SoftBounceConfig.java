package dev.sendex.send.events;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;

/// When soft bounces suppress an address.
@ConfigMapping(prefix = "sendex.suppressions.soft-bounces")
interface SoftBounceConfig {

    /// How many soft bounces in a row suppress an address; 0 if none ever do.
    @WithDefault("5")
    @Min(0)
    @Max(100)
    int threshold();

    /// Within what time they must occur.
    @WithDefault("30d")
    @DurationMax(days = 366)
    Duration within();

    /// Whether an address is suppressed as soon as an email to it expires, because its server could
    /// not be reached for hours (`4.4.7`).
    @WithDefault("true")
    boolean expiredAtOnce();
}

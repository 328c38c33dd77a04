package dev.sendex.common.kafka;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;

/// When retrying without success becomes an error.
@ConfigMapping(prefix = "sendex.retries")
interface RetryConfig {

    /// How long until an error is logged: somebody should look.
    @WithDefault("1m")
    @DurationMax(hours = 24)
    Duration escalateAfter();

    /// How long until a record is set aside that fails for no reason that could pass.
    @WithDefault("5m")
    @DurationMax(hours = 24)
    Duration giveUpAfter();
}

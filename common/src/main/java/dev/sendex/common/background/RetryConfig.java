package dev.sendex.common.background;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;

/// When repeated failures become an error.
@ConfigMapping(prefix = "sendex.retries")
interface RetryConfig {

    /// How long until an error is logged, for an operator to investigate.
    @WithDefault("1m")
    @DurationMax(hours = 24)
    Duration escalateAfter();

    /// How long until a record that fails without a temporary reason goes to the dead-letter topic.
    @WithDefault("5m")
    @DurationMax(hours = 24)
    Duration giveUpAfter();
}

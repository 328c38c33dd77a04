package dev.sendex.key.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/// Settings of the retention job.
@ConfigMapping(prefix = "sendex.retention")
interface RetentionConfig {

    /// How often it runs.
    @WithDefault("1m")
    @DurationMin(millis = 100)
    Duration interval();
}

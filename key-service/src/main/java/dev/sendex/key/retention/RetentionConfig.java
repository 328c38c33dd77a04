package dev.sendex.key.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/// How what is not needed any more is removed.
@ConfigMapping(prefix = "sendex.retention")
interface RetentionConfig {

    /// How often to look for it.
    @WithDefault("1m")
    @DurationMin(millis = 100)
    Duration interval();
}

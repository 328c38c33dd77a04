package dev.sendex.common.usage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/// Settings of counting requests.
@ConfigMapping(prefix = "sendex.usage.counting")
interface UsageCountingConfig {

    /// How often the counts are flushed. A process that is killed loses those of one interval.
    @WithDefault("15s")
    Duration flushInterval();

    /// The maximum number of counters (one per key and endpoint) in memory; if there are more, they
    /// are flushed early. Also the maximum number of records that wait while the broker is
    /// unreachable.
    @WithDefault("10000")
    @Min(1)
    @Max(1_000_000)
    int maxCounters();
}

package dev.sendex.common.usage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/// How requests are counted.
@ConfigMapping(prefix = "sendex.usage.counting")
interface UsageCountingConfig {

    /// How often the counts are told. A process that is killed loses those of one interval.
    @WithDefault("15s")
    Duration flushInterval();

    /// How many counters, of a key at an endpoint each, are held at a time; when there are more,
    /// they are told early. Also how many records may wait for a broker that is away.
    @WithDefault("10000")
    @Min(1)
    @Max(1_000_000)
    int maxCounters();
}

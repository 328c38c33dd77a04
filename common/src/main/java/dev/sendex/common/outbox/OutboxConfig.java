package dev.sendex.common.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/// Settings of the outbox.
@ConfigMapping(prefix = "sendex.outbox")
interface OutboxConfig {

    /// Whether this service has an outbox at all.
    @WithDefault("false")
    boolean enabled();

    /// How often the table is polled for messages without a wake-up, such as those of an instance
    /// that crashed.
    @WithDefault("1s")
    Duration pollInterval();

    /// How many messages are published in one transaction.
    @WithDefault("500")
    @Min(1)
    @Max(10_000)
    int batchSize();
}

package dev.sendex.common.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/// How the outbox is emptied.
@ConfigMapping(prefix = "sendex.outbox")
interface OutboxConfig {

    /// Whether this service has an outbox at all.
    @WithDefault("false")
    boolean enabled();

    /// How often to look for messages that nobody announced: those of an instance that died.
    @WithDefault("1s")
    Duration pollInterval();

    /// How many messages are published in one transaction.
    @WithDefault("500")
    @Min(1)
    @Max(10_000)
    int batchSize();
}

package dev.sendex.send.dispatch;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/// How accepted emails are sent.
@ConfigMapping(prefix = "sendex.dispatch")
interface DispatchConfig {

    /// How many emails one instance sends at a time.
    @WithDefault("64")
    @Min(1)
    @Max(1000)
    int concurrency();

    /// How much email one instance holds in memory at a time; a single one may exceed it.
    @WithDefault("32M")
    MemorySize memory();

    /// How often to look for emails that nobody announced.
    @WithDefault("1s")
    Duration pollInterval();

    /// How long an instance may be silent about an email it took; longer than any send takes.
    @WithDefault("60s")
    Duration lease();

    /// How long, after the lease, an event about an email of unknown outcome is waited for before
    /// it is sent again.
    @WithDefault("5m")
    Duration grace();

    /// How often an email is tried of which SES may have taken every earlier try without an answer,
    /// before it fails.
    @WithDefault("10")
    @Min(1)
    @Max(100)
    int attempts();

    /// How old an email may become while SES takes nothing, before it fails.
    @WithDefault("72h")
    Duration giveUpAfter();

    /// The pause after the first failed try; it doubles with each further one.
    @WithDefault("2s")
    Duration firstRetry();

    /// The longest pause between two tries.
    @WithDefault("10m")
    Duration longestRetry();

    /// The longest interval at which an instance tries a single email during an outage of SES.
    @WithDefault("30s")
    Duration maxProbeInterval();

    /// How much unused sending rate may be made up for at once.
    @WithDefault("100ms")
    Duration burst();

    /// How often SES is asked for the sending rate.
    @WithDefault("60s")
    Duration rateRefresh();

    /// How long a stopping instance waits for what it is sending.
    @WithDefault("25s")
    Duration shutdownTimeout();
}

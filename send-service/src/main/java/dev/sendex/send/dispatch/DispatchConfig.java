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

    /// Whether this instance sends emails. If not, it only accepts them, and other instances send
    /// them.
    @WithDefault("true")
    boolean enabled();

    /// How many emails one instance sends at a time.
    @WithDefault("64")
    @Min(1)
    @Max(1000)
    int concurrency();

    /// How much email one instance holds in memory at a time; a single one may exceed it.
    @WithDefault("32M")
    MemorySize memory();

    /// How often the queue is polled, for emails that no wake-up signal announced.
    @WithDefault("1s")
    Duration pollInterval();

    /// How long an instance may keep an email that it claimed; must be longer than any send takes.
    @WithDefault("60s")
    Duration lease();

    /// How long after its lease an email of unknown outcome waits for an event from SES before it
    /// is sent again.
    @WithDefault("5m")
    Duration grace();

    /// How many attempts may end without an answer from SES before an email fails. SES may have
    /// accepted each of them.
    @WithDefault("10")
    @Min(1)
    @Max(100)
    int attempts();

    /// The age at which an email fails while SES is unavailable.
    @WithDefault("72h")
    Duration giveUpAfter();

    /// The delay after the first failed attempt; it doubles with each further one.
    @WithDefault("2s")
    Duration firstRetry();

    /// The longest delay between two attempts.
    @WithDefault("10m")
    Duration longestRetry();

    /// The longest interval between two probes, single emails that an instance sends while SES is
    /// unavailable.
    @WithDefault("30s")
    Duration maxProbeInterval();

    /// How much unused sending rate may be saved up and used at once.
    @WithDefault("100ms")
    Duration burst();

    /// How often the sending rate is read from SES.
    @WithDefault("60s")
    Duration rateRefresh();

    /// How long an instance that stops waits for emails in flight.
    @WithDefault("25s")
    Duration shutdownTimeout();
}

package dev.sendex.key.usage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;

/// Settings of alerts about keys.
@ConfigMapping(prefix = "sendex.usage.alerts")
interface AlertConfig {

    /// How many refused requests within [#refusalWindow()] raise an alert.
    @WithDefault("20")
    @Min(1)
    @Max(1_000_000)
    int refusals();

    /// At most an hour.
    @WithDefault("5m")
    Duration refusalWindow();

    /// How long further bursts of refusals of the same key raise no alert.
    @WithDefault("1h")
    Duration refusalPause();

    /// How many networks per key are stored. Beyond that, the network that was not seen for the
    /// longest time is deleted.
    @WithDefault("64")
    @Min(1)
    @Max(1_000)
    int knownNetworks();

    /// How many new networks of a key raise alerts within an hour. Further ones raise none.
    @WithDefault("10")
    @Min(1)
    @Max(1_000)
    int newNetworksPerHour();

    /// A key that was not used for this long is unused.
    @WithDefault("90d")
    Duration unusedAfter();

    /// How long before a key's expiry alerts are raised.
    @WithDefault("7d,1d")
    List<Duration> beforeExpiry();

    /// How often keys are checked for upcoming expiry.
    @WithDefault("5m")
    Duration interval();

    /// How often one of the instances checks for unused keys.
    @WithDefault("1h")
    Duration unusedInterval();
}

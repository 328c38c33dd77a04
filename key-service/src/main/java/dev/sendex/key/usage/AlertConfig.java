package dev.sendex.key.usage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;

/// Alerts about the use of keys.
@ConfigMapping(prefix = "sendex.usage.alerts")
interface AlertConfig {

    /// How many refused requests within [#refusalWindow()] are a burst.
    @WithDefault("20")
    @Min(1)
    @Max(1_000_000)
    int refusals();

    /// At most an hour.
    @WithDefault("5m")
    Duration refusalWindow();

    /// For how long further bursts of the same key raise no alert.
    @WithDefault("1h")
    Duration refusalPause();

    /// How many networks of a key are remembered; beyond that the one that was not seen for the
    /// longest time is forgotten.
    @WithDefault("64")
    @Min(1)
    @Max(1_000)
    int knownNetworks();

    /// How many new networks of one key raise an alert within an hour; further ones raise none.
    @WithDefault("10")
    @Min(1)
    @Max(1_000)
    int newNetworksPerHour();

    /// After how long without use a key counts as unused.
    @WithDefault("90d")
    Duration unusedAfter();

    /// How long before a key's expiry alerts are raised.
    @WithDefault("7d,1d")
    List<Duration> beforeExpiry();

    /// How often to look for keys that are about to expire.
    @WithDefault("5m")
    Duration interval();

    /// How often one of the instances looks for keys that are unused.
    @WithDefault("1h")
    Duration unusedInterval();
}

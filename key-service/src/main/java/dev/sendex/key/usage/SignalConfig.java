package dev.sendex.key.usage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;

/// What accounts are told about the use of their keys.
@ConfigMapping(prefix = "sendex.usage.signals")
interface SignalConfig {

    /// How many refused requests within [#refusalWindow()] are a burst.
    @WithDefault("20")
    @Min(1)
    @Max(1_000_000)
    int refusals();

    /// At most an hour.
    @WithDefault("5m")
    Duration refusalWindow();

    /// For how long a key's next burst is not told.
    @WithDefault("1h")
    Duration refusalPause();

    /// How many networks of a key are remembered; beyond that the one that was not seen for the
    /// longest time is forgotten.
    @WithDefault("64")
    @Min(1)
    @Max(1_000)
    int knownNetworks();

    /// From how many new networks of one key within an hour on nothing is told of further ones.
    @WithDefault("10")
    @Min(1)
    @Max(1_000)
    int newNetworksPerHour();

    /// After how long without use a key is told to be unused.
    @WithDefault("90d")
    Duration unusedAfter();

    /// How long before a key's expiry to tell of it.
    @WithDefault("7d,1d")
    List<Duration> beforeExpiry();

    /// How often to look for keys that are about to expire.
    @WithDefault("5m")
    Duration interval();

    /// How often one of the instances looks for keys that are unused.
    @WithDefault("1h")
    Duration unusedInterval();
}

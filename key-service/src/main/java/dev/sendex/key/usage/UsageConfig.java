package dev.sendex.key.usage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How long what is known of the use of keys is kept.
@ConfigMapping(prefix = "sendex.usage.keeping")
interface UsageConfig {

    /// How long counts per hour are kept.
    @WithDefault("90d")
    Duration hours();

    /// How long it is remembered that a record was counted. A record that is older when it comes is
    /// not counted, since nobody could tell any more whether it was before.
    @WithDefault("1d")
    Duration records();
}

package dev.sendex.key.keys;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/// Settings of API keys.
@ConfigMapping(prefix = "sendex.keys")
interface KeyConfig {

    /// How long before its expiry a key is shown as `expiring`.
    @WithDefault("7d")
    Duration expiringWithin();

    /// How many keys an account can have, not counting revoked ones.
    @WithDefault("1000")
    @Min(1)
    @Max(1_000_000)
    int limitPerAccount();
}

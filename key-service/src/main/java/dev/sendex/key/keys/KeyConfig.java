package dev.sendex.key.keys;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/// How keys are kept.
@ConfigMapping(prefix = "sendex.keys")
interface KeyConfig {

    /// From when on before its expiry a key counts as `expiring`.
    @WithDefault("7d")
    Duration expiringWithin();

    /// How many keys that are not revoked an account may hold.
    @WithDefault("1000")
    @Min(1)
    @Max(1_000_000)
    int limitPerAccount();
}

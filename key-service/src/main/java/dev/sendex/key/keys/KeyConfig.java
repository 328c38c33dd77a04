package dev.sendex.key.keys;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;

/// How keys are kept.
@ConfigMapping(prefix = "sendex.keys")
interface KeyConfig {

    /// The peppers by version, base64 of at least 32 bytes each. A version must stay for as long as
    /// a key hangs on it.
    @NotEmpty
    Map<Integer, String> peppers();

    /// The version that new keys use and that older keys move to, one of [#peppers()]; the highest
    /// unless set. Naming the former one lets every instance know a new pepper before any uses it.
    OptionalInt pepperVersion();

    /// From when on before its expiry a key counts as `expiring`.
    @WithDefault("7d")
    Duration expiringWithin();

    /// How many keys that are not revoked an account may hold.
    @WithDefault("1000")
    @Min(1)
    @Max(1_000_000)
    int limitPerAccount();
}

package dev.sendex.key.passwords;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/// How passwords are judged and hashed. The cost follows the OWASP Password Storage Cheat Sheet's
/// minimum for Argon2id: 19 MiB, two passes, one lane.
@ConfigMapping(prefix = "sendex.passwords")
interface PasswordConfig {

    @WithDefault("12")
    @Min(8)
    @Max(64)
    int minLength();

    @WithDefault("19456")
    @Min(19_456)
    @Max(1_048_576)
    int memoryKib();

    @WithDefault("2")
    @Min(2)
    @Max(20)
    int iterations();

    /// How many hashes are computed at once.
    @WithDefault("2")
    @Min(1)
    @Max(64)
    int concurrency();

    /// How many may wait for that; beyond, sign-ins are told to come back.
    @WithDefault("64")
    @Min(1)
    @Max(10_000)
    int waiting();

    /// How many of those that are computed or wait may be one client's, so that nobody keeps all
    /// others out.
    @WithDefault("16")
    @Min(1)
    @Max(10_000)
    int perClient();
}

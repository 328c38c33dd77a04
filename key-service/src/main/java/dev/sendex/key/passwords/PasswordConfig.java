package dev.sendex.key.passwords;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/// Settings of passwords. The cost follows the minimum of the OWASP Password Storage Cheat Sheet
/// for Argon2id: 19 MiB, two passes, one lane.
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

    /// How many hashes are computed concurrently.
    @WithDefault("2")
    @Min(1)
    @Max(64)
    int concurrency();

    /// How many may wait in the queue. Beyond that, sign-ins are refused and should be retried.
    @WithDefault("64")
    @Min(1)
    @Max(10_000)
    int waiting();

    /// How many of the running and waiting ones may belong to one client.
    @WithDefault("16")
    @Min(1)
    @Max(10_000)
    int perClient();
}

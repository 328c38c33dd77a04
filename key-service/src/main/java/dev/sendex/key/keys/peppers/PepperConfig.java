package dev.sendex.key.keys.peppers;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.NotEmpty;
import java.util.Map;
import java.util.OptionalInt;

/// The secrets that tokens are hashed with.
@ConfigMapping(prefix = "sendex.keys")
interface PepperConfig {

    /// The peppers by version, base64 of at least 32 bytes each. Keep a version for as long as a
    /// key uses it.
    @NotEmpty
    Map<Integer, String> peppers();

    /// The version for new keys, which older keys are migrated to; one of [#peppers()], by default
    /// the highest. To add a pepper, keep the old version here until every instance has the new
    /// pepper.
    OptionalInt pepperVersion();
}

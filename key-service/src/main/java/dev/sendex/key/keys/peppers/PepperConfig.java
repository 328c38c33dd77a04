package dev.sendex.key.keys.peppers;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.NotEmpty;
import java.util.Map;
import java.util.OptionalInt;

/// The secrets of the hashes of tokens.
@ConfigMapping(prefix = "sendex.keys")
interface PepperConfig {

    /// The peppers by version, base64 of at least 32 bytes each. A version must stay for as long as
    /// a key hangs on it.
    @NotEmpty
    Map<Integer, String> peppers();

    /// The version that new keys use and that older keys move to, one of [#peppers()]; the highest
    /// unless set. Naming the former one lets every instance know a new pepper before any uses it.
    OptionalInt pepperVersion();
}

package dev.sendex.key.secondfactor;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.NotEmpty;
import java.util.Map;

/// How the secrets of second factors are kept.
@ConfigMapping(prefix = "sendex.second-factor")
interface SecondFactorConfig {

    /// The keys by version that secrets are encrypted under, base64 of 32 bytes each. The highest
    /// version is used for writing; a version must stay for as long as a secret hangs on it.
    @NotEmpty
    Map<Integer, String> keys();
}

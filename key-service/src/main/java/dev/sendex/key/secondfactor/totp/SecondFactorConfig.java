package dev.sendex.key.secondfactor.totp;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.NotEmpty;
import java.util.Map;
import java.util.OptionalInt;

/// How the secrets of second factors are kept.
@ConfigMapping(prefix = "sendex.second-factor")
interface SecondFactorConfig {

    /// The keys by version that secrets are encrypted under, base64 of 32 bytes each. A version
    /// must stay for as long as a secret hangs on it.
    @NotEmpty
    Map<Integer, String> keys();

    /// The version that is used for writing, one of [#keys()]; the highest unless set. Naming the
    /// former one lets every instance know a new key before any uses it.
    OptionalInt keyVersion();
}

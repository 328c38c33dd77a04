package dev.sendex.key.secondfactor.totp;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.NotEmpty;
import java.util.Map;
import java.util.OptionalInt;

/// Settings of second factors.
@ConfigMapping(prefix = "sendex.second-factor")
interface SecondFactorConfig {

    /// The encryption keys by version, base64 of 32 bytes each. Keep a version for as long as a
    /// secret uses it.
    @NotEmpty
    Map<Integer, String> keys();

    /// The version for encryption, one of [#keys()]; by default the highest. To add a key, keep the
    /// old version here until every instance has the new key.
    OptionalInt keyVersion();
}

package dev.sendex.key.leaks;

import io.smallrye.config.ConfigMapping;
import java.util.Map;

/// Settings of leak reports.
@ConfigMapping(prefix = "sendex.leaks.github")
interface LeakConfig {

    /// GitHub's public keys for secret scanning, PEM with EC keys on P-256, by GitHub's key
    /// identifier.
    Map<String, String> publicKeys();
}

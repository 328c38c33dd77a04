package dev.sendex.key.leaks;

import io.smallrye.config.ConfigMapping;
import java.util.Map;

/// Whose alerts are believed.
@ConfigMapping(prefix = "sendex.leaks.github")
interface LeakConfig {

    /// GitHub's public keys for secret scanning, PEM with EC keys on P-256, by the identifier that
    /// GitHub gives them.
    Map<String, String> publicKeys();
}

package dev.sendex.key.signing;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The key files, PEM with EC keys on P-256.
@ConfigMapping(prefix = "sendex.sessions")
interface SigningConfig {

    /// The key that signs: first `PRIVATE KEY` (PKCS#8), then `PUBLIC KEY`.
    Path signingKeyFile();

    /// Keys that are published and accepted without signing: the next one, before every instance
    /// has it, and the last one, for as long as what it signed lives. The public key will do.
    Optional<List<Path>> otherKeyFiles();
}

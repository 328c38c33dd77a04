package dev.sendex.key.signing;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Settings of the signing keys: PEM files with EC keys on P-256.
@ConfigMapping(prefix = "sendex.sessions")
interface SigningConfig {

    /// The signing key: first `PRIVATE KEY` (PKCS#8), then `PUBLIC KEY`.
    Path signingKeyFile();

    /// Keys that are published and accepted but do not sign: the next one, until every instance has
    /// it, and the previous one, until everything that it signed has expired. The public key is
    /// sufficient.
    Optional<List<Path>> otherKeyFiles();
}

package dev.sendex.webhook.signing;

import io.smallrye.config.ConfigMapping;

/// The key that encrypts signing secrets.
@ConfigMapping(prefix = "sendex.webhooks", namingStrategy = ConfigMapping.NamingStrategy.KEBAB_CASE)
interface SecretCipherConfig {

    /// Base64 of 32 random bytes; no default.
    String secretKey();
}

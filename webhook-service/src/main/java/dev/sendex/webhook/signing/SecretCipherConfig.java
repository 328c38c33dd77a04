package dev.sendex.webhook.signing;

import io.smallrye.config.ConfigMapping;

/// What signing secrets are stored under.
@ConfigMapping(prefix = "sendex.webhooks", namingStrategy = ConfigMapping.NamingStrategy.KEBAB_CASE)
interface SecretCipherConfig {

    /// Base64 of 32 random bytes; no default.
    String secretKey();
}

package dev.sendex.webhook.signing;

import dev.sendex.common.crypto.AesGcm;
import dev.sendex.common.runtime.HmacSha256;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;

/// Encrypts signing secrets for the database. They have to be readable, since they sign; a stolen
/// table alone must not be. The endpoint's id is sealed in, so that secrets cannot be swapped.
@Singleton
@Startup // a key that is missing or unusable must stop the start
public class SecretCipher {

    private static final int FINGERPRINT_BYTES = 4;

    private final AesGcm cipher;
    private final HmacSha256 fingerprints;

    SecretCipher(SecretCipherConfig config) {
        this.cipher = new AesGcm("sendex.webhooks.secret-key", config.secretKey());
        this.fingerprints = new HmacSha256(Base64.getDecoder().decode(config.secretKey()));
    }

    public byte[] encrypt(UUID endpointId, SigningSecret secret) {
        return cipher.encrypt(endpointId, secret.bytes());
    }

    /// The secret that was sealed for this endpoint.
    ///
    /// @throws IllegalStateException where it was sealed under another key or for another endpoint
    public SigningSecret decrypt(UUID endpointId, byte[] sealed) {
        byte[] secret = cipher.decrypt(endpointId, sealed);
        if (secret == null) {
            throw new IllegalStateException("a signing secret cannot be read");
        }
        return new SigningSecret(secret);
    }

    /// A short name for a text that may be secret: it tells two apart and says nothing of either.
    public String fingerprint(String text) {
        return HexFormat.of().formatHex(fingerprints.of(text), 0, FINGERPRINT_BYTES);
    }
}

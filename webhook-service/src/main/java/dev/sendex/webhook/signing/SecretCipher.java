package dev.sendex.webhook.signing;

import dev.sendex.common.crypto.AesGcm;
import dev.sendex.common.crypto.HmacSha256;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;

/// Encrypts signing secrets for the database, so that a stolen table does not reveal them. They
/// cannot be hashed, since signing needs them. The endpoint's id is authenticated with each secret,
/// so that secrets cannot be swapped between endpoints.
@Singleton
@Startup // a missing or invalid key must prevent the start
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

    /// Decrypts the secret of this endpoint.
    ///
    /// @throws IllegalStateException if it was encrypted with another key or for another endpoint
    public SigningSecret decrypt(UUID endpointId, byte[] encrypted) {
        byte[] secret = cipher.decrypt(endpointId, encrypted);
        if (secret == null) {
            throw new IllegalStateException("a signing secret cannot be decrypted");
        }
        return new SigningSecret(secret);
    }

    /// A short keyed hash of a text that may be secret. Distinguishes texts without revealing them.
    public String fingerprint(String text) {
        return HexFormat.of().formatHex(fingerprints.of(text), 0, FINGERPRINT_BYTES);
    }
}

package dev.sendex.webhook.signing;

import dev.sendex.common.runtime.HmacSha256;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals signing secrets for the database (AES-256-GCM). They have to be readable, since they sign;
/// a stolen table alone must not be. The endpoint's id is sealed in, so that secrets cannot be
/// swapped.
@Singleton
@Startup // a key that is missing or unusable must stop the start
public class SecretCipher {

    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int FINGERPRINT_BYTES = 4;
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    SecretCipher(SecretCipherConfig config) {
        byte[] bytes = Base64.getDecoder().decode(config.secretKey());
        if (bytes.length != KEY_BYTES) {
            throw new IllegalStateException(
                    "sendex.webhooks.secret-key must be base64 of %d bytes".formatted(KEY_BYTES));
        }
        this.key = new SecretKeySpec(bytes, "AES");
    }

    public byte[] encrypt(UUID endpointId, SigningSecret secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = apply(Cipher.ENCRYPT_MODE, endpointId, nonce, secret.bytes());
        return ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
    }

    /// The secret that was sealed for this endpoint.
    ///
    /// @throws IllegalStateException where it was sealed under another key or for another endpoint
    public SigningSecret decrypt(UUID endpointId, byte[] sealed) {
        ByteBuffer buffer = ByteBuffer.wrap(sealed);
        byte[] nonce = new byte[NONCE_BYTES];
        buffer.get(nonce);
        byte[] rest = new byte[buffer.remaining()];
        buffer.get(rest);
        return new SigningSecret(apply(Cipher.DECRYPT_MODE, endpointId, nonce, rest));
    }

    /// A short name for a text that may be secret: it tells two apart and says nothing of either.
    public String fingerprint(String text) {
        byte[] full = new HmacSha256(key.getEncoded()).of(text);
        return HexFormat.of().formatHex(full, 0, FINGERPRINT_BYTES);
    }

    private byte[] apply(int mode, UUID endpointId, byte[] nonce, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance(ALGORITHM);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(
                    ByteBuffer.allocate(2 * Long.BYTES)
                            .putLong(endpointId.getMostSignificantBits())
                            .putLong(endpointId.getLeastSignificantBits())
                            .flip());
            return cipher.doFinal(input);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("a signing secret cannot be read or written", failure);
        }
    }
}

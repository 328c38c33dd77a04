package dev.sendex.common.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Encrypts secrets for the database with AES-256-GCM. The id of a secret's owner is the additional
/// authenticated data, so that secrets cannot be swapped.
///
/// The encrypted form is the nonce, the ciphertext and the tag. Thread-safe.
public final class AesGcm {

    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    /// @param setting the name of the setting, for the message
    /// @param key base64 of 32 random bytes
    /// @throws IllegalStateException if the key is malformed
    public AesGcm(String setting, String key) {
        byte[] bytes = Base64.getDecoder().decode(key);
        if (bytes.length != KEY_BYTES) {
            throw new IllegalStateException(
                    "%s must be base64 of %d bytes".formatted(setting, KEY_BYTES));
        }
        this.key = new SecretKeySpec(bytes, "AES");
    }

    public byte[] encrypt(UUID owner, byte[] secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, owner, nonce).doFinal(secret);
            return ByteBuffer.allocate(nonce.length + encrypted.length)
                    .put(nonce)
                    .put(encrypted)
                    .array();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// The decrypted secret, or null if that fails: it was encrypted with another key or for
    /// another owner, or it was altered.
    public byte @Nullable [] decrypt(UUID owner, byte[] encrypted) {
        if (encrypted.length < NONCE_BYTES) {
            return null;
        }
        byte[] nonce = new byte[NONCE_BYTES];
        byte[] rest = new byte[encrypted.length - NONCE_BYTES];
        ByteBuffer.wrap(encrypted).get(nonce).get(rest);
        try {
            return cipher(Cipher.DECRYPT_MODE, owner, nonce).doFinal(rest);
        } catch (GeneralSecurityException unreadable) {
            return null;
        }
    }

    private Cipher cipher(int mode, UUID owner, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(
                ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(owner.getMostSignificantBits())
                        .putLong(owner.getLeastSignificantBits())
                        .flip());
        return cipher;
    }

    @Override
    public String toString() {
        return "AesGcm[hidden]";
    }
}

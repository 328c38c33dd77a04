package dev.sendex.key.secondfactor.totp;

import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Seals secrets for the database (AES-256-GCM). They have to be readable, since codes are computed
/// from them; a stolen table alone must not be. The member's id is sealed in, so that secrets
/// cannot be swapped. Without a usable key the service does not start.
@ApplicationScoped
public class TotpSecretCipher {

    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final NavigableMap<Integer, SecretKeySpec> keys = new TreeMap<>();
    private final int current;
    private final SecretKeySpec currentKey;
    private final SecureRandom random = new SecureRandom();

    TotpSecretCipher(SecondFactorConfig config) {
        config.keys().forEach((version, value) -> keys.put(version, key(version, value)));
        current = config.keyVersion().orElseGet(keys::lastKey);
        currentKey = required(current);
    }

    private SecretKeySpec required(int version) {
        SecretKeySpec key = keys.get(version);
        if (key == null) {
            throw new IllegalStateException(
                    "sendex.second-factor.key-version is %d, but sendex.second-factor.keys has only %s"
                            .formatted(version, keys.keySet()));
        }
        return key;
    }

    /// Reads the keys now rather than with the first secret.
    void load(@Observes StartupEvent started) {}

    /// The versions that are configured, oldest first.
    Set<Integer> versions() {
        return Collections.unmodifiableSet(keys.keySet());
    }

    /// The version that secrets are sealed under.
    int current() {
        return current;
    }

    /// Whether the secret is to move to the current key. Only older ones are: while instances
    /// disagree on the current one, secrets would move to and fro.
    public boolean isOutdated(EncryptedSecret encrypted) {
        return encrypted.keyVersion() < current;
    }

    /// The secret sealed under the current key, for this member alone.
    public EncryptedSecret encrypt(UUID memberId, TotpSecret secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] text = secret.base32().getBytes(StandardCharsets.US_ASCII);
        try {
            byte[] encrypted =
                    cipher(Cipher.ENCRYPT_MODE, currentKey, memberId, nonce).doFinal(text);
            return new EncryptedSecret(
                    current,
                    ByteBuffer.allocate(nonce.length + encrypted.length)
                            .put(nonce)
                            .put(encrypted)
                            .array());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// The secret that was sealed for this member, or null where it cannot be read: its key is
    /// gone, or somebody tampered with it.
    public @Nullable TotpSecret decrypt(UUID memberId, EncryptedSecret encrypted) {
        SecretKeySpec key = keys.get(encrypted.keyVersion());
        if (key == null) {
            return unreadable(memberId, encrypted);
        }
        ByteBuffer buffer = ByteBuffer.wrap(encrypted.bytes());
        byte[] nonce = new byte[NONCE_BYTES];
        buffer.get(nonce);
        byte[] rest = new byte[buffer.remaining()];
        buffer.get(rest);
        try {
            byte[] text = cipher(Cipher.DECRYPT_MODE, key, memberId, nonce).doFinal(rest);
            return new TotpSecret(new String(text, StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException tampered) {
            return unreadable(memberId, encrypted);
        }
    }

    private static @Nullable TotpSecret unreadable(UUID memberId, EncryptedSecret encrypted) {
        Log.errorf(
                "second factor cannot be read memberId=%s keyVersion=%d",
                memberId, encrypted.keyVersion());
        return null;
    }

    private static Cipher cipher(int mode, SecretKeySpec key, UUID memberId, byte[] nonce)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(
                ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(memberId.getMostSignificantBits())
                        .putLong(memberId.getLeastSignificantBits())
                        .flip());
        return cipher;
    }

    private static SecretKeySpec key(int version, String value) {
        byte[] bytes = Base64.getDecoder().decode(value);
        if (bytes.length != KEY_BYTES) {
            throw new IllegalStateException(
                    "sendex.second-factor.keys.%d must be base64 of %d bytes"
                            .formatted(version, KEY_BYTES));
        }
        return new SecretKeySpec(bytes, "AES");
    }
}

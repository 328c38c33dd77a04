package dev.sendex.key.secondfactor.totp;

import dev.sendex.common.crypto.AesGcm;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Encrypts secrets for the database. They cannot be hashed, since codes are computed from them.
/// The member's id is authenticated as well, so that secrets cannot be swapped between rows. The
/// service does not start without a valid key.
@ApplicationScoped
public class TotpSecretCipher {

    private final NavigableMap<Integer, AesGcm> keys = new TreeMap<>();
    private final int current;
    private final AesGcm currentKey;

    TotpSecretCipher(SecondFactorConfig config) {
        config.keys()
                .forEach((version, key) ->
                        keys.put(version, new AesGcm("sendex.second-factor.keys." + version, key)));
        current = config.keyVersion().orElseGet(keys::lastKey);
        currentKey = required(current);
    }

    private AesGcm required(int version) {
        AesGcm key = keys.get(version);
        if (key == null) {
            throw new IllegalStateException(
                    "sendex.second-factor.key-version is %d, but sendex.second-factor.keys has only %s"
                            .formatted(version, keys.keySet()));
        }
        return key;
    }

    /// Creates this bean, so that a wrong setting stops the start.
    void load(@Observes StartupEvent started) {}

    /// The configured versions, oldest first.
    Set<Integer> versions() {
        return Collections.unmodifiableSet(keys.keySet());
    }

    /// The version for encryption.
    int current() {
        return current;
    }

    /// Whether the secret must be migrated to the current key. Only secrets with older versions
    /// are: while instances are configured differently, secrets would otherwise be migrated back
    /// and forth.
    public boolean isOutdated(EncryptedSecret encrypted) {
        return encrypted.keyVersion() < current;
    }

    /// Encrypts a secret for this member only.
    public EncryptedSecret encrypt(UUID memberId, TotpSecret secret) {
        byte[] text = secret.base32().getBytes(StandardCharsets.US_ASCII);
        return new EncryptedSecret(current, currentKey.encrypt(memberId, text));
    }

    /// The secret of this member, or null if it cannot be decrypted: its key was removed, or it was
    /// altered.
    public @Nullable TotpSecret decrypt(UUID memberId, EncryptedSecret encrypted) {
        AesGcm key = keys.get(encrypted.keyVersion());
        byte[] text = key == null ? null : key.decrypt(memberId, encrypted.bytes());
        return text == null
                ? unreadable(memberId, encrypted)
                : new TotpSecret(new String(text, StandardCharsets.US_ASCII));
    }

    private static @Nullable TotpSecret unreadable(UUID memberId, EncryptedSecret encrypted) {
        Log.errorf(
                "second factor cannot be read memberId=%s keyVersion=%d",
                memberId, encrypted.keyVersion());
        return null;
    }
}

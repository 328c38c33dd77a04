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

/// Encrypts secrets for the database. They have to be readable, since codes are computed from them;
/// a stolen table alone must not be. The member's id is sealed in, so that secrets cannot be
/// swapped. Without a usable key the service does not start.
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

    /// The secret encrypted with the current key, for this member alone.
    public EncryptedSecret encrypt(UUID memberId, TotpSecret secret) {
        byte[] text = secret.base32().getBytes(StandardCharsets.US_ASCII);
        return new EncryptedSecret(current, currentKey.encrypt(memberId, text));
    }

    /// The secret that was sealed for this member, or null where it cannot be read: its key is
    /// gone, or somebody tampered with it.
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

package dev.sendex.key.keys.peppers;

import dev.sendex.common.crypto.HmacSha256;
import dev.sendex.common.token.ApiKeyToken;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Base64;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The secrets that tokens are hashed with. They are stored outside the database. The service does
/// not start without a valid one.
@ApplicationScoped
public class Peppers {

    private static final int MIN_BYTES = 32;
    private static final byte[] NO_MAC = new byte[MIN_BYTES];

    private final NavigableMap<Integer, HmacSha256> peppers = new TreeMap<>();
    private final int current;
    private final HmacSha256 currentPepper;

    Peppers(PepperConfig config) {
        config.peppers().forEach((version, value) -> peppers.put(version, key(version, value)));
        current = config.pepperVersion().orElseGet(peppers::lastKey);
        currentPepper = required(current);
    }

    private HmacSha256 required(int version) {
        HmacSha256 pepper = peppers.get(version);
        if (pepper == null) {
            throw new IllegalStateException(
                    "sendex.keys.pepper-version is %d, but sendex.keys.peppers has only %s"
                            .formatted(version, peppers.keySet()));
        }
        return pepper;
    }

    /// Creates this bean, so that a wrong setting stops the start.
    void load(@Observes StartupEvent started) {}

    /// The configured versions, oldest first.
    Set<Integer> versions() {
        return Collections.unmodifiableSet(peppers.keySet());
    }

    /// The version for new hashes.
    int current() {
        return current;
    }

    /// Whether the hash must be migrated to the current pepper. Only hashes of older versions are:
    /// while instances are configured differently, keys would otherwise be migrated back and forth.
    public boolean isOutdated(TokenMac stored) {
        return stored.pepperVersion() < current;
    }

    /// The hash to store, made with the current pepper.
    public TokenMac mac(ApiKeyToken token) {
        return new TokenMac(current, currentPepper.of(token.value()));
    }

    /// Whether this is the stored token. The time is the same with and without a stored hash, so
    /// that an unknown key cannot be distinguished from a wrong secret.
    public boolean verify(ApiKeyToken token, @Nullable TokenMac stored) {
        HmacSha256 pepper = stored == null ? null : peppers.get(stored.pepperVersion());
        byte[] expected = pepper == null || stored == null ? NO_MAC : stored.bytes();
        byte[] presented = (pepper == null ? currentPepper : pepper).of(token.value());
        return new TokenMac(0, expected).matches(presented) && pepper != null;
    }

    private static HmacSha256 key(int version, String value) {
        byte[] bytes = Base64.getDecoder().decode(value);
        if (bytes.length < MIN_BYTES) {
            throw new IllegalStateException(
                    "sendex.keys.peppers.%d has fewer than %d bytes".formatted(version, MIN_BYTES));
        }
        return new HmacSha256(bytes);
    }
}

package dev.sendex.key.keys.peppers;

import dev.sendex.common.runtime.HmacSha256;
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

/// The secrets, outside the database, under which tokens are hashed. Without a usable one the
/// service does not start.
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

    /// Reads the peppers now rather than with the first token.
    void load(@Observes StartupEvent started) {}

    /// The versions that are configured, oldest first.
    Set<Integer> versions() {
        return Collections.unmodifiableSet(peppers.keySet());
    }

    /// The version that hashes are made under.
    int current() {
        return current;
    }

    /// Whether the hash is to move to the current pepper. Only older ones are: while instances
    /// disagree on the current one, keys would move to and fro.
    public boolean isOutdated(TokenMac stored) {
        return stored.pepperVersion() < current;
    }

    /// The hash to store, under the current pepper.
    public TokenMac mac(ApiKeyToken token) {
        return new TokenMac(current, currentPepper.of(token.value()));
    }

    /// Whether this is the token that was stored. Takes as long whether there is something stored
    /// or not, so that an unknown key cannot be told from a wrong secret.
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

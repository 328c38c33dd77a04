package dev.sendex.key.keys;

import dev.sendex.common.token.ApiKeyToken;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The secrets, outside the database, under which tokens are hashed. Without a usable one the
/// service does not start.
@ApplicationScoped
public class Peppers {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MIN_BYTES = 32;
    private static final byte[] NO_MAC = new byte[MIN_BYTES];

    private final NavigableMap<Integer, SecretKeySpec> peppers = new TreeMap<>();

    Peppers(KeyConfig config) {
        config.peppers().forEach((version, value) -> peppers.put(version, key(version, value)));
    }

    /// Reads the peppers now rather than with the first token.
    void load(@Observes StartupEvent started) {}

    /// The versions that are configured, oldest first.
    SortedSet<Integer> versions() {
        return Collections.unmodifiableSortedSet(peppers.navigableKeySet());
    }

    /// Whether the hash is under the newest pepper.
    public boolean isNewest(TokenMac stored) {
        return stored.pepperVersion() == peppers.lastKey();
    }

    /// The hash to store, under the newest pepper.
    public TokenMac mac(ApiKeyToken token) {
        Map.Entry<Integer, SecretKeySpec> newest = peppers.lastEntry();
        return new TokenMac(newest.getKey(), hmac(newest.getValue(), token));
    }

    /// Whether this is the token that was stored. Takes as long whether there is something stored
    /// or not, so that an unknown key cannot be told from a wrong secret.
    public boolean verify(ApiKeyToken token, @Nullable TokenMac stored) {
        SecretKeySpec pepper = stored == null ? null : peppers.get(stored.pepperVersion());
        byte[] expected = pepper == null || stored == null ? NO_MAC : stored.bytes();
        byte[] presented = hmac(pepper == null ? peppers.lastEntry().getValue() : pepper, token);
        return new TokenMac(0, expected).matches(presented) && pepper != null;
    }

    private static byte[] hmac(SecretKeySpec pepper, ApiKeyToken token) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(pepper);
            return mac.doFinal(token.value().getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static SecretKeySpec key(int version, String value) {
        byte[] bytes = Base64.getDecoder().decode(value);
        if (bytes.length < MIN_BYTES) {
            throw new IllegalStateException(
                    "sendex.keys.peppers.%d has fewer than %d bytes".formatted(version, MIN_BYTES));
        }
        return new SecretKeySpec(bytes, ALGORITHM);
    }
}

package dev.sendex.common.token;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// The token of an API key: `sk_live_` or `sk_test_`, then in base 62 the key's id (22 characters),
/// its secret (32, at least 190 bits) and a CRC-32 of everything before (6). The checksum does not
/// prevent forgery; it allows typing errors and random guesses to be refused without a lookup, and
/// leak scanners to recognise tokens reliably.
///
/// `toString` does not print the token.
public final class ApiKeyToken {

    private static final int PREFIX = 8;
    private static final int ID = 22;
    private static final int SECRET = 32;
    private static final int CHECKSUM = 6;
    private static final int CHECKED = PREFIX + ID + SECRET;
    private static final int LENGTH = CHECKED + CHECKSUM;

    private final String value;
    private final Environment environment;
    private final UUID keyId;

    private ApiKeyToken(String value, Environment environment, UUID keyId) {
        this.value = value;
        this.environment = environment;
        this.keyId = keyId;
    }

    /// A new token for the key.
    ///
    /// @param random must be cryptographically secure
    public static ApiKeyToken generate(
            Environment environment, UUID keyId, RandomGenerator random) {
        String unchecked =
                "sk_"
                        + environment.value()
                        + "_"
                        + Base62.encode(keyId, ID)
                        + Base62.random(random, SECRET);
        String checksum = Base62.encode(checksum(unchecked), CHECKSUM);
        return new ApiKeyToken(unchecked + checksum, environment, keyId);
    }

    /// Parses a token; null if its format or checksum is wrong.
    public static @Nullable ApiKeyToken parse(String text) {
        if (text.length() != LENGTH || !text.startsWith("sk_") || text.charAt(PREFIX - 1) != '_') {
            return null;
        }
        Environment environment = Environment.find(text.substring(3, PREFIX - 1));
        UUID keyId = Base62.decode(text, PREFIX, PREFIX + ID);
        if (environment == null
                || keyId == null
                || !Base62.isNumber(text, PREFIX + ID, CHECKED)
                || !checksum(text).equals(Base62.decode(text, CHECKED, LENGTH))) {
            return null;
        }
        return new ApiKeyToken(text, environment, keyId);
    }

    /// The token itself, for the response that shows it and for hashing.
    public String value() {
        return value;
    }

    public Environment environment() {
        return environment;
    }

    /// The id of the key that the token claims to belong to. Only introspection proves it.
    public UUID keyId() {
        return keyId;
    }

    /// Enough to recognise a key, too little to use it: the prefix and the last four characters.
    public String hint() {
        return value.substring(0, PREFIX) + "…" + value.substring(LENGTH - 4);
    }

    @Override
    public String toString() {
        return "ApiKeyToken[hidden]";
    }

    /// The CRC-32 of everything except the checksum, as a number for [Base62].
    private static UUID checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII), 0, CHECKED);
        return new UUID(0, crc.getValue());
    }
}

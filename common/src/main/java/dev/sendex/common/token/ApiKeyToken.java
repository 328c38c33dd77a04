package dev.sendex.common.token;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// An API key as its holder presents it: `sk_live_` or `sk_test_`, then in base 62 the key's id (22
/// characters), its secret (32, at least 190 bits) and a CRC-32 over all before (6). The checksum
/// is no protection against forgery; it lets typing errors and guesses be refused without asking
/// anyone, and leak scanners be sure of a find.
///
/// A token never prints itself.
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

    /// The token in this text, or null where its shape or checksum is wrong.
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

    /// The token itself, for the one answer that shows it and for hashing.
    public String value() {
        return value;
    }

    public Environment environment() {
        return environment;
    }

    /// The key that this token claims to be of. Nothing is proved until key-service says so.
    public UUID keyId() {
        return keyId;
    }

    /// Enough to recognise a key by, far too little to use it: the prefix and the last four
    /// characters.
    public String hint() {
        return value.substring(0, PREFIX) + "…" + value.substring(LENGTH - 4);
    }

    @Override
    public String toString() {
        return "ApiKeyToken[hidden]";
    }

    /// The CRC-32 of all but the checksum, as [Base62] has numbers.
    private static UUID checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII), 0, CHECKED);
        return new UUID(0, crc.getValue());
    }
}

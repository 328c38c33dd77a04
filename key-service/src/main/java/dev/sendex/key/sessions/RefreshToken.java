package dev.sendex.key.sessions;

import dev.sendex.common.runtime.Sha256;
import java.util.Base64;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What a browser keeps to go on with its session: 256 random bits that name the session as long as
/// it lasts, and 256 that every refresh replaces. Only hashes are stored; plain ones will do, since
/// nobody guesses 256 bits.
record RefreshToken(String family, String secret) {

    private static final int BYTES = 32;

    /// The token of a new session.
    static RefreshToken generate(RandomGenerator random) {
        return new RefreshToken(bits(random), bits(random));
    }

    /// Reads a token; null where the text is none.
    static @Nullable RefreshToken parse(@Nullable String value) {
        int dot = value == null ? -1 : value.indexOf('.');
        return value == null || dot < 0
                ? null
                : new RefreshToken(value.substring(0, dot), value.substring(dot + 1));
    }

    /// The token that takes this one's place.
    RefreshToken next(RandomGenerator random) {
        return new RefreshToken(family, bits(random));
    }

    private static String bits(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    String value() {
        return family + "." + secret;
    }

    byte[] familyHash() {
        return Sha256.of(family);
    }

    byte[] secretHash() {
        return Sha256.of(secret);
    }

    @Override
    public String toString() {
        return "RefreshToken[hidden]";
    }
}

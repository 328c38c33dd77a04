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

    /// The successor in a form that nobody reads without this token: its 256 random bits are added
    /// to as many that only this one's give.
    byte[] mask(RefreshToken next) {
        return withMask(Base64.getUrlDecoder().decode(next.secret));
    }

    RefreshToken unmask(byte[] masked) {
        return new RefreshToken(family, text(withMask(masked)));
    }

    private byte[] withMask(byte[] octets) {
        byte[] mask = Sha256.of("successor of " + secret);
        byte[] result = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            result[i] = (byte) (octets[i] ^ mask[i]);
        }
        return result;
    }

    private static String bits(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return text(bytes);
    }

    private static String text(byte[] bytes) {
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

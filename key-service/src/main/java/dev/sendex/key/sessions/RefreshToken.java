package dev.sendex.key.sessions;

import dev.sendex.common.crypto.Sha256;
import java.util.Base64;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A refresh token: 256 random bits that identify the session (the family), and 256 bits that every
/// refresh replaces. Only hashes are stored; without salt, since 256 random bits cannot be guessed.
record RefreshToken(String family, String secret) {

    private static final int BYTES = 32;

    /// The first token of a session.
    static RefreshToken generate(RandomGenerator random) {
        return new RefreshToken(bits(random), bits(random));
    }

    /// Parses a token; null if it is not valid.
    static @Nullable RefreshToken parse(@Nullable String value) {
        int dot = value == null ? -1 : value.indexOf('.');
        return value == null || dot < 0
                ? null
                : new RefreshToken(value.substring(0, dot), value.substring(dot + 1));
    }

    /// The token that replaces this one.
    RefreshToken next(RandomGenerator random) {
        return new RefreshToken(family, bits(random));
    }

    /// The successor, XORed with a mask derived from this token's random bits. Only the holder of
    /// this token can read it.
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

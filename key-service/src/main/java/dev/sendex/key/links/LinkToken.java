package dev.sendex.key.links;

import dev.sendex.common.crypto.Sha256;
import java.util.Base64;
import java.util.random.RandomGenerator;

/// The token of a link: 256 random bits. Only a plain hash is stored, since 256 bits cannot be
/// guessed.
public record LinkToken(String value) {

    private static final int BYTES = 32;

    public static LinkToken generate(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new LinkToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    public byte[] hash() {
        return Sha256.of(value);
    }

    @Override
    public String toString() {
        return "LinkToken[hidden]";
    }
}

package dev.sendex.key.links;

import dev.sendex.common.runtime.Sha256;
import java.util.Base64;
import java.util.random.RandomGenerator;

/// 256 random bits that a link carries. Only the hash is stored; a plain one will do, since nobody
/// guesses 256 bits.
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

package dev.sendex.key.clients;

import dev.sendex.common.crypto.HmacSha256;
import java.security.MessageDigest;
import java.security.SecureRandom;

/// A client's secret, stored as HMAC under a key of this process. Comparison takes constant time
/// for input of any length.
final class SecretMac {

    private static final int KEY_BYTES = 32;

    private final HmacSha256 hmac;
    private final byte[] expected;

    SecretMac(HmacSha256 hmac, String secret) {
        this.hmac = hmac;
        this.expected = hmac.of(secret);
    }

    static HmacSha256 underNewKey(SecureRandom random) {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return new HmacSha256(bytes);
    }

    boolean matches(String presented) {
        return MessageDigest.isEqual(expected, hmac.of(presented));
    }

    @Override
    public String toString() {
        return "SecretMac[hidden]";
    }
}

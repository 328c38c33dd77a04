package dev.sendex.key.clients;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What is kept of a client's secret: its HMAC under a key of this process. Compares in constant
/// time, whatever the length of what is presented.
final class SecretMac {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final Key key;
    private final byte[] expected;

    SecretMac(Key key, String secret) {
        this.key = key;
        this.expected = hmac(secret);
    }

    static Key newKey(SecureRandom random) {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return new SecretKeySpec(bytes, ALGORITHM);
    }

    boolean matches(String presented) {
        return MessageDigest.isEqual(expected, hmac(presented));
    }

    private byte[] hmac(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String toString() {
        return "SecretMac[hidden]";
    }
}

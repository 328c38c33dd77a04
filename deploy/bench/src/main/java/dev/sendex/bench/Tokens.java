package dev.sendex.bench;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/// Tokens made up by someone who knows their format. Their checksum is valid, so that only
/// key-service can reject them.
final class Tokens {

    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String PREFIX = "sk_live_";
    private static final int ID = 22;
    private static final int ID_BITS = 128;
    private static final int SECRET = 32;
    private static final int CHECKSUM = 6;

    private Tokens() {}

    /// A token of a key that does not exist.
    static String unknown(RandomGenerator random) {
        byte[] id = new byte[ID_BITS / Byte.SIZE];
        random.nextBytes(id);
        return checked(PREFIX + base62(new BigInteger(1, id), ID) + secret(random));
    }

    /// A token with a wrong checksum.
    static String malformed(RandomGenerator random) {
        String token = unknown(random);
        int last = token.length() - 1;
        return token.substring(0, last) + (token.charAt(last) == '0' ? '1' : '0');
    }

    /// A token of the same key with another secret.
    static String wrongSecret(String token, RandomGenerator random) {
        return checked(token.substring(0, PREFIX.length() + ID) + secret(random));
    }

    private static String checked(String unchecked) {
        CRC32 crc = new CRC32();
        crc.update(unchecked.getBytes(StandardCharsets.US_ASCII));
        return unchecked + base62(BigInteger.valueOf(crc.getValue()), CHECKSUM);
    }

    private static String secret(RandomGenerator random) {
        StringBuilder secret = new StringBuilder(SECRET);
        for (int i = 0; i < SECRET; i++) {
            secret.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return secret.toString();
    }

    private static String base62(BigInteger number, int width) {
        char[] text = new char[width];
        BigInteger rest = number;
        for (int i = width - 1; i >= 0; i--) {
            BigInteger[] quotient = rest.divideAndRemainder(BigInteger.valueOf(DIGITS.length()));
            text[i] = DIGITS.charAt(quotient[1].intValue());
            rest = quotient[0];
        }
        return new String(text);
    }
}

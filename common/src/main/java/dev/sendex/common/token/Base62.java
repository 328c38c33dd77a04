package dev.sendex.common.token;

import java.math.BigInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Fixed-width base 62 with the digits in ASCII order, so that equal widths sort as their numbers
/// do.
final class Base62 {

    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger RADIX = BigInteger.valueOf(DIGITS.length());

    private Base62() {}

    static String encode(BigInteger number, int width) {
        char[] text = new char[width];
        BigInteger rest = number;
        for (int i = width - 1; i >= 0; i--) {
            BigInteger[] quotient = rest.divideAndRemainder(RADIX);
            text[i] = DIGITS.charAt(quotient[1].intValue());
            rest = quotient[0];
        }
        if (rest.signum() != 0) {
            throw new IllegalArgumentException("number needs more than " + width + " digits");
        }
        return new String(text);
    }

    /// The number, or null where a character is no digit.
    static @Nullable BigInteger decode(String text) {
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < text.length(); i++) {
            int digit = DIGITS.indexOf(text.charAt(i));
            if (digit < 0) {
                return null;
            }
            number = number.multiply(RADIX).add(BigInteger.valueOf(digit));
        }
        return number;
    }

    static String random(RandomGenerator random, int width) {
        char[] text = new char[width];
        for (int i = 0; i < width; i++) {
            text[i] = DIGITS.charAt(random.nextInt(DIGITS.length()));
        }
        return new String(text);
    }
}

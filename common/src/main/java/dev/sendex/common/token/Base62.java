package dev.sendex.common.token;

import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Fixed-width base 62 with digits in ASCII order, so that strings of the same width sort like
/// their numbers. Numbers are unsigned with 128 bits and represented as [UUID]s, since most of them
/// are.
final class Base62 {

    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RADIX = DIGITS.length();
    private static final long LOW_HALF = 0xFFFF_FFFFL;

    private Base62() {}

    static String encode(UUID number, int width) {
        char[] text = new char[width];
        long high = number.getMostSignificantBits();
        long low = number.getLeastSignificantBits();
        for (int i = width - 1; i >= 0; i--) {
            // long division by halves of 32 bits; each remainder has at most 6 bits
            long upper = Long.remainderUnsigned(high, RADIX) << Integer.SIZE;
            upper |= low >>> Integer.SIZE;
            long lower = (upper % RADIX) << Integer.SIZE;
            lower |= low & LOW_HALF;
            high = Long.divideUnsigned(high, RADIX);
            low = ((upper / RADIX) << Integer.SIZE) | (lower / RADIX);
            text[i] = DIGITS.charAt((int) (lower % RADIX));
        }
        if (high != 0 || low != 0) {
            throw new IllegalArgumentException("number needs more than " + width + " digits");
        }
        return new String(text);
    }

    /// The number, or null if a character is not a digit or the number exceeds 128 bits.
    static @Nullable UUID decode(String text, int from, int to) {
        long high = 0;
        long low = 0;
        for (int i = from; i < to; i++) {
            int digit = digit(text.charAt(i));
            if (digit < 0 || Math.unsignedMultiplyHigh(high, RADIX) != 0) {
                return null;
            }
            long product = low * RADIX;
            long carry = Math.unsignedMultiplyHigh(low, RADIX);
            low = product + digit;
            if (Long.compareUnsigned(low, product) < 0) {
                carry++;
            }
            long shifted = high * RADIX;
            high = shifted + carry;
            if (Long.compareUnsigned(high, shifted) < 0) {
                return null;
            }
        }
        return new UUID(high, low);
    }

    static boolean isNumber(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (digit(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    static String random(RandomGenerator random, int width) {
        char[] text = new char[width];
        for (int i = 0; i < width; i++) {
            text[i] = DIGITS.charAt(random.nextInt(RADIX));
        }
        return new String(text);
    }

    private static int digit(char character) {
        if (character >= '0' && character <= '9') {
            return character - '0';
        }
        if (character >= 'A' && character <= 'Z') {
            return character - 'A' + 10;
        }
        return character >= 'a' && character <= 'z' ? character - 'a' + 36 : -1;
    }
}

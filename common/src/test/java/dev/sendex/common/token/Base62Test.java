package dev.sendex.common.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base62Test {

    private static final int WIDTH = 22;
    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    @ParameterizedTest
    @CsvSource({
        "00000000-0000-0000-0000-000000000000, 0000000000000000000000",
        "00000000-0000-0000-0000-00000000003d, 000000000000000000000z",
        "00000000-0000-0000-0000-00000000003e, 0000000000000000000010",
        "ffffffff-ffff-ffff-ffff-ffffffffffff, 7n42DGM5Tflk9n8mt7Fhc7"
    })
    void a_number_is_encoded_and_decoded(UUID number, String text) {
        assertThat(Base62.encode(number, WIDTH)).isEqualTo(text);
        assertThat(Base62.decode(text, 0, WIDTH)).isEqualTo(number);
    }

    @Test
    void the_digits_represent_the_number() {
        RandomGenerator random = RandomGenerator.getDefault();
        for (int i = 0; i < 10_000; i++) {
            UUID number = new UUID(random.nextLong(), random.nextLong());
            String text = Base62.encode(number, WIDTH);

            assertThat(sum(text)).as(text).isEqualTo(unsigned(number));
            assertThat(Base62.decode(text, 0, WIDTH)).as(text).isEqualTo(number);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7n42DGM5Tflk9n8mt7Fhc8",
                "7n42DGM5Tflk9n8mt7Fhd0",
                "80000000000000000000000",
                "zzzzzzzzzzzzzzzzzzzzzz",
                "000000000000000000000/",
                "000000000000000000000:",
                "000000000000000000000@",
                "000000000000000000000[",
                "000000000000000000000`",
                "000000000000000000000{",
                "000000000000000000000é"
            })
    void malformed_and_too_large_numbers_are_not_decoded(String text) {
        assertThat(Base62.decode(text, 0, text.length())).isNull();
    }

    @Test
    void a_number_that_does_not_fit_the_width_is_refused() {
        assertThatThrownBy(() -> Base62.encode(new UUID(0, 62), 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Base62.encode(new UUID(1, 0), 10))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static BigInteger sum(String text) {
        BigInteger sum = BigInteger.ZERO;
        for (char digit : text.toCharArray()) {
            sum =
                    sum.multiply(BigInteger.valueOf(62))
                            .add(BigInteger.valueOf(DIGITS.indexOf(digit)));
        }
        return sum;
    }

    private static BigInteger unsigned(UUID number) {
        return new BigInteger(number.toString().replace("-", ""), 16);
    }
}

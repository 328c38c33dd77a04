package dev.sendex.common.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HmacSha256Test {

    private static final String TEXT = "what do ya want for nothing?";

    private final HmacSha256 hmac = new HmacSha256("Jefe".getBytes(US_ASCII));

    /// RFC 4231, test case 2.
    @Test
    void it_matches_the_test_vector_of_the_standard() {
        assertThat(HexFormat.of().formatHex(hmac.of(TEXT)))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void concurrent_use_is_safe() {
        byte[] alone = hmac.of(TEXT);

        assertThat(
                        IntStream.range(0, 10_000)
                                .parallel()
                                .mapToObj(i -> {
                                    hmac.of("other " + i);
                                    return hmac.of(TEXT);
                                })
                                .toList())
                .allSatisfy(code -> assertThat(code).isEqualTo(alone));
    }
}

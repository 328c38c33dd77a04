package dev.sendex.key.secondfactor.totp;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TotpSecretTest {

    /// The secret of the test vectors in RFC 6238, appendix B.
    private static final TotpSecret RFC_SECRET = new TotpSecret("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");

    private static final Instant NOW = Instant.ofEpochSecond(1_111_111_111);
    private static final long STEP = 1_111_111_111 / 30;

    @ParameterizedTest
    @CsvSource({
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void codes_match_the_test_vectors_of_the_rfc(long second, String code) {
        assertThat(RFC_SECRET.stepOf(code, Instant.ofEpochSecond(second))).isEqualTo(second / 30);
    }

    @ParameterizedTest
    @ValueSource(longs = {-30, 0, 30})
    void a_clock_may_be_one_step_off(long seconds) {
        assertThat(RFC_SECRET.stepOf("050471", NOW.plusSeconds(seconds))).isEqualTo(STEP);
    }

    @ParameterizedTest
    @ValueSource(longs = {-60, 60, 86_400})
    void a_clock_may_not_be_two_steps_off(long seconds) {
        assertThat(RFC_SECRET.stepOf("050471", NOW.plusSeconds(seconds))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "50471", "0050471", "050472", "٠٥٠٤٧١", "nothing"})
    void text_that_is_not_a_code_is_refused(String code) {
        assertThat(RFC_SECRET.stepOf(code, NOW)).isNull();
    }

    @Test
    void the_uri_is_valid_for_any_email() {
        assertThat(RFC_SECRET.uri("an+owner@customer.example").toString())
                .startsWith("otpauth://totp/Sendex:an%2Bowner%40customer.example?")
                .contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
                .contains("issuer=Sendex")
                .contains("algorithm=SHA1")
                .contains("digits=6")
                .contains("period=30");
    }

    @Test
    void a_secret_has_160_random_bits() {
        TotpSecret secret = TotpSecret.generate(new SecureRandom());

        assertThat(secret.base32()).matches("[A-Z2-7]{32}");
        assertThat(secret).isNotEqualTo(TotpSecret.generate(new SecureRandom()));
        assertThat(secret.toString()).doesNotContain(secret.base32());
    }
}

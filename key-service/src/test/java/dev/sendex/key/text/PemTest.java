package dev.sendex.key.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PemTest {

    private static final String TWO =
            """
            A note in front
            -----BEGIN PUBLIC KEY-----
            AQ
            ID
            -----END PUBLIC KEY-----
            -----BEGIN EC PRIVATE KEY-----
            BAU=
            -----END EC PRIVATE KEY-----
            """;

    @Test
    void blocks_are_read_in_order() {
        assertThat(Pem.read(TWO))
                .extracting(Pem.Block::label)
                .containsExactly("PUBLIC KEY", "EC PRIVATE KEY");
        assertThat(Pem.read(TWO))
                .extracting(Pem.Block::der)
                .containsExactly(bytes(1, 2, 3), bytes(4, 5));
    }

    @Test
    void a_block_is_found_by_its_label_with_any_line_endings() {
        assertThat(Pem.read(TWO.replace("\n", "\r\n"), "EC PRIVATE KEY")).isEqualTo(bytes(4, 5));
    }

    @Test
    void text_without_the_block_is_refused() {
        assertThat(Pem.read("AQID")).isEmpty();
        assertThatThrownBy(() -> Pem.read(TWO, "CERTIFICATE"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("has no block CERTIFICATE");
    }

    @Test
    void a_block_with_another_end_label_or_invalid_base64_is_refused() {
        assertThat(Pem.read("-----BEGIN A-----\nAQID\n-----END B-----")).isEmpty();
        assertThatThrownBy(() -> Pem.read("-----BEGIN A-----\nA?ID\n-----END A-----"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}

package dev.sendex.common.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendex.common.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8StreamTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "é ß ÿ", "ऀ ퟿  �", "𐀀 😀 \uDBFF\uDFFF", "\uFEFF{}"})
    void valid_utf8_is_returned_unchanged(String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);

        assertThat(stream(bytes).readAllBytes()).isEqualTo(bytes);
        assertThat(new String(oneByOne(bytes), UTF_8)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00", // NUL
                "7B002200", // UTF-16
                "FEFF007B", // UTF-16 with a byte order mark
                "0000007B", // UTF-32
                "C0AF", // overlong /
                "C1BF",
                "E09FBF", // two bytes encoded as three
                "F08FBFBF", // three bytes encoded as four
                "EDA080", // a surrogate
                "F4908080", // beyond Unicode
                "F5808080",
                "80", // a continuation byte alone
                "C3", // truncated
                "E282",
                "F09F98",
                "C328",
                "E28228",
                "FF"
            })
    void invalid_utf8_is_refused(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);

        assertThatThrownBy(() -> stream(bytes).readAllBytes()).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> oneByOne(bytes)).isInstanceOf(ProblemException.class);
    }

    @Test
    void it_agrees_with_the_decoder_of_java_on_all_sequences_of_two_bytes_and_some_of_three() {
        for (int sequence = 0x0101; sequence <= 0xFFFF; sequence++) {
            byte first = (byte) (sequence >> 8);
            byte second = (byte) sequence;
            assertAgreement(new byte[] {first, second});
            assertAgreement(new byte[] {first, second, (byte) 0x80});
            assertAgreement(new byte[] {first, second, (byte) 0xBF, (byte) 0x80});
        }
    }

    private static void assertAgreement(byte[] bytes) {
        for (byte value : bytes) {
            if (value == 0) {
                return; // which Java accepts
            }
        }
        assertThat(isAccepted(bytes)).as(HexFormat.of().formatHex(bytes)).isEqualTo(isUtf8(bytes));
    }

    private static boolean isAccepted(byte[] bytes) {
        try {
            stream(bytes).readAllBytes();
            return true;
        } catch (ProblemException refused) {
            return false;
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    private static byte[] oneByOne(byte[] bytes) throws IOException {
        InputStream stream = stream(bytes);
        byte[] read = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            read[i] = (byte) stream.read();
        }
        assertThat(stream.read()).isEqualTo(-1);
        return read;
    }

    private static InputStream stream(byte[] bytes) {
        return new Utf8Stream(new ByteArrayInputStream(bytes));
    }
}

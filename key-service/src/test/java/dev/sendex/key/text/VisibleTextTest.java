package dev.sendex.key.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {

    @ParameterizedTest
    @ValueSource(
            ints = {
                '\n', '\r', 0, 0x7f, 0x85, 0xad, 0x34f, 0x61c, 0x115f, 0x180e, 0x200b, 0x200c,
                0x200d, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202e, 0x2060, 0x2066, 0x2069,
                0x3164, 0xfeff, 0xfe00, 0xffa0, 0xfff9, 0xe000, 0xffff, 0xe0001, 0xe0041, 0xe0100,
                0x10ffff
            })
    void invisible_characters_are_refused(int character) {
        assertThat(VisibleText.isVisible("a" + Character.toString(character) + "b")).isFalse();
    }

    @Test
    void unpaired_surrogates_are_refused() {
        assertThat(VisibleText.isVisible("a\ud83d")).isFalse();
        assertThat(VisibleText.isVisible("\ude00a")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Acme, Inc. (2026) – “best” £",
                "Ärzte ohne Grenzen",
                "株式会社 センデックス",
                "Почта России",
                "بريد",
                "हिन्दी",
                "Love ❤️ 😀",
                "a\u00a0b"
            })
    void names_in_any_script_are_accepted(String name) {
        assertThat(VisibleText.isVisible(name)).isTrue();
    }

    @Test
    void names_are_trimmed_and_normalized() {
        assertThat(VisibleText.canonical(" A\u0308rzte ")).isEqualTo("Ärzte");
    }
}

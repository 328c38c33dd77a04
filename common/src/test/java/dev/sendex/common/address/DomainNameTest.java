package dev.sendex.common.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendex.common.address.AddrSpec.MalformedAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainNameTest {

    @ParameterizedTest
    @CsvSource({
        "Example.COM, example.com",
        "bücher.example, xn--bcher-kva.example",
        "bu\u0308cher.example, xn--bcher-kva.example",
        "XN--bcher-kva.example, xn--bcher-kva.example",
        "straße.example, xn--strae-oqa.example",
        "xn--strae-oqa.example, xn--strae-oqa.example",
        "βόλος.example, xn--nxasmm1c.example",
        "نامه\u200cای.example, xn--mgba3gch31f060k.example",
        "ｅxample。com, example.com",
        "日本語.example, xn--wgv71a119e.example",
        "r4---sn.example, r4---sn.example",
        "4.example, 4.example"
    })
    void a_name_has_one_canonical_form_according_to_idna_2008(String written, String canonical)
            throws Exception {
        assertThat(DomainName.parse(written).value()).isEqualTo(canonical);
        assertThat(DomainName.parse(canonical).value()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example",
                "example.com.",
                "example.com。",
                "a..example",
                ".example.com",
                "-a.example",
                "a-.example",
                "a_b.example",
                "a b.example",
                "a.example\n",
                "xn--.example",
                "xn--a.example",
                "xn--strasse-.example",
                "xn--ab-j1t.example",
                "a\u200cb.example",
                "a\u200bb.example",
                "a\u00adb.example",
                "127.0.0.1",
                "[127.0.0.1]",
                "1.0x7f",
                "example.c",
                "\u0661a.\u05d0b.example"
            })
    void an_invalid_name_is_refused(String text) {
        assertThatThrownBy(() -> DomainName.parse(text)).isInstanceOf(MalformedAddress.class);
    }

    @ParameterizedTest
    @CsvSource({
        "example.com, example.com, true",
        "a.b.example.com, example.com, true",
        "evilexample.com, example.com, false",
        "example.com, a.example.com, false"
    })
    void a_domain_is_within_itself_and_its_parents(String inner, String outer, boolean within)
            throws Exception {
        assertThat(DomainName.parse(inner).isWithin(DomainName.parse(outer))).isEqualTo(within);
    }

    @ParameterizedTest
    @CsvSource({"63, true", "64, false"})
    void a_label_has_at_most_63_characters(int length, boolean valid) {
        String name = "a".repeat(length) + ".example";
        if (valid) {
            assertThat(new DomainName(name)).isEqualTo(parsed(name));
        } else {
            assertThatThrownBy(() -> DomainName.parse(name)).isInstanceOf(MalformedAddress.class);
        }
    }

    private static DomainName parsed(String name) {
        try {
            return DomainName.parse(name);
        } catch (MalformedAddress e) {
            throw new AssertionError(e);
        }
    }
}

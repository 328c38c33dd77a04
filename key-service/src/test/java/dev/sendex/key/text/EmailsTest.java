package dev.sendex.key.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendex.common.problem.ProblemException;
import java.net.IDN;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailsTest {

    @ParameterizedTest
    @CsvSource({
        "Owner@Customer.Example, owner@customer.example",
        "' o.w+n_er@customer.example ', o.w+n_er@customer.example",
        "owner@MÜNCHEN.example, owner@xn--mnchen-3ya.example",
        "owner@mu\u0308nchen.example, owner@xn--mnchen-3ya.example",
        "owner@XN--mnchen-3ya.example, owner@xn--mnchen-3ya.example",
        "owner@ｃustomer.example, owner@customer.example",
        "owner@例え.example, owner@xn--r8jz45g.example",
        "owner@sonyストア.example, owner@xn--sony-ok4c7e7d.example",
        "owner@почта.example, owner@xn--80a1acny.example",
        "owner@straße.example, owner@xn--strae-oqa.example"
    })
    void an_address_has_one_canonical_form_in_ascii(String written, String canonical) {
        assertThat(Emails.require(written)).isEqualTo(canonical);
        assertThat(Emails.normalize(written)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "own\u200ber@customer.example",
                "owner\u202e@customer.example",
                "оwner@customer.example",
                "ｏwner@customer.example",
                "owner\u212a@customer.example",
                "owner@custo\u200bmer.example",
                "owner@custo\u00admer.example",
                "owner@\u2066customer.example"
            })
    void invisible_and_lookalike_characters_are_refused(String address) {
        assertRefused(address);
    }

    @Test
    void a_domain_that_mixes_lookalike_scripts_is_refused_in_unicode_and_ascii() {
        String mixed = "custоmer.example"; // the second vowel is Cyrillic
        assertRefused("owner@" + mixed);
        assertRefused("owner@" + IDN.toASCII(mixed));
        assertRefused("owner@αpple.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "owner",
                "@customer.example",
                "owner@",
                "owner@customer",
                "a@b@customer.example",
                "\"a b\"@customer.example",
                ".owner@customer.example",
                "own..er@customer.example",
                "owner@-customer.example",
                "owner@customer..example",
                "owner@xn--.example",
                "owner@xn--a.example"
            })
    void an_invalid_address_is_refused(String address) {
        assertRefused(address);
    }

    @Test
    void an_address_that_is_too_long_is_refused() {
        assertRefused("a".repeat(65) + "@customer.example");
        assertRefused("owner@" + "a.".repeat(125) + "example");
    }

    @Test
    void an_invalid_address_is_only_stripped_and_lowercased_for_lookup() {
        assertThat(Emails.normalize(" Own\u200ber@Customer.Example "))
                .isEqualTo("own\u200ber@customer.example");
    }

    private static void assertRefused(String address) {
        assertThatThrownBy(() -> Emails.require(address))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("email");
    }
}

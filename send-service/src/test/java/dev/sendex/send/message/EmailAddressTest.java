package dev.sendex.send.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendex.common.address.AddrSpec.MalformedAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "ada@example.net | | ada@example.net",
                "  ada@Example.NET  | | ada@example.net",
                "<ada@example.net> | | ada@example.net",
                "Ada Lovelace <ada@example.net> | Ada Lovelace | ada@example.net",
                "José <jose@example.net> | José | jose@example.net",
                "\"Acme, Inc.\" <a.b+c@example.net> | Acme, Inc. | a.b+c@example.net",
                "\"say \\\"hi\\\"\" <ada@example.net> | say \"hi\" | ada@example.net",
                "ada@bücher.example | | ada@xn--bcher-kva.example",
                "ada@日本語.example | | ada@xn--wgv71a119e.example",
                "ada@straße.example | | ada@xn--strae-oqa.example",
                "=?utf-8?q?=41da?= <ada@example.net> | =?utf-8?q?=41da?= | ada@example.net",
                "Ada@example.net | | Ada@example.net",
            })
    void valid_addresses_are_parsed(String text, String name, String address) throws Exception {
        EmailAddress parsed = EmailAddress.parse(text);
        assertThat(parsed.name()).isEqualTo(name);
        assertThat(parsed.address()).isEqualTo(address);
        assertThat(EmailAddress.parse(parsed.display())).isEqualTo(parsed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada",
                "\"odd local\"@example.net",
                "\"ada\"@example.net",
                "\"<ceo@b.example>\"@example.net",
                "Ada <\"<ceo@b.example>\"@example.net>",
                "@example.net",
                "ada@",
                "ada@localhost",
                "ada@127.0.0.1",
                "ada@[127.0.0.1]",
                "ada@exa mple.net",
                "ada@-example.net",
                "ada@example..net",
                "ada@example.net.",
                "a..b@example.net",
                ".ada@example.net",
                "ada @example.net",
                "josé@example.net",
                "ada@exa\u00admple.net",
                "ada@example.net (Ada)",
                "<@r.example:ada@example.net>",
                "Acme, Inc. <ada@example.net>",
                "\"Acme <ada@example.net>",
                "ada@example.net>",
                "ada@example.net, bob@example.net",
                "Ada <ada@example.net> <bob@example.net>",
                "Ada <ada@example.net>\r\nBcc: bob@example.net",
                "Ada\nBcc: bob@example.net <ada@example.net>",
                "\"Ada\r\nX: y\" <ada@example.net>",
                "ada\u0000@example.net",
                "Ada\u2028Bcc: x <ada@example.net>",
            })
    void anything_else_is_refused(String text) {
        assertThatThrownBy(() -> EmailAddress.parse(text)).isInstanceOf(MalformedAddress.class);
    }

    @Test
    void an_address_does_not_print_itself() throws Exception {
        assertThat(EmailAddress.parse("ada@example.net").toString()).doesNotContain("ada");
    }
}

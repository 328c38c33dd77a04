package dev.sendex.common.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "192.0.2.8/29, 192.0.2.15, true",
        "192.0.2.8/29, 192.0.2.16, false",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::/0, 192.0.2.1, false",
        "192.0.2.0/24, ::ffff:192.0.2.7, true",
        "::ffff:192.0.2.0/120, 192.0.2.7, true"
    })
    void a_block_contains_the_addresses_with_its_prefix(
            String block, String address, boolean contained) throws Exception {
        assertThat(Cidr.of(block).contains(InetAddress.getByName(address))).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "192.0.2",
                "192.0.2.0/33",
                "192.0.2.0/-1",
                "192.0.2.0/",
                "192.0.2.0/08",
                "192.0.2.0/24/1",
                "256.0.0.1",
                "010.0.0.1",
                "2001:db8::/129",
                "::ffff:192.0.2.0/24",
                ":::",
                "fe80::1%eth0",
                "[2001:db8::1]",
                " 192.0.2.1",
                "0x7f.1",
                "2130706433"
            })
    void a_malformed_block_is_refused(String text) {
        assertThat(Cidr.read(text))
                .isInstanceOfSatisfying(
                        Cidr.Parsed.Invalid.class,
                        invalid -> assertThat(invalid.defect()).isEqualTo(Cidr.Defect.NO_BLOCK));
    }

    @Test
    void host_bits_are_refused_and_the_error_suggests_the_block() {
        assertThatThrownBy(() -> Cidr.of("192.0.2.1/24"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("192.0.2.0/24");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.1.0.0/16, true",
        "10.0.0.0/8, 10.0.0.0/8, true",
        "10.1.0.0/16, 10.0.0.0/8, false",
        "10.0.0.0/8, 11.0.0.0/16, false",
        "0.0.0.0/0, ::/0, false"
    })
    void a_block_contains_smaller_blocks(String outer, String inner, boolean contained) {
        assertThat(Cidr.of(outer).contains(Cidr.of(inner))).isEqualTo(contained);
    }
}

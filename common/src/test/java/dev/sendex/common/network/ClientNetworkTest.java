package dev.sendex.common.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class ClientNetworkTest {

    @Test
    void an_ipv4_address_is_one_client() {
        assertThat(of("192.0.2.1")).isEqualTo(of("192.0.2.1")).hasSameHashCodeAs(of("192.0.2.1"));
        assertThat(of("192.0.2.1")).isNotEqualTo(of("192.0.2.2"));
        assertThat(of("192.0.2.1")).hasToString("c0000201");
    }

    @Test
    void a_64_of_ipv6_is_one_client() {
        assertThat(of("2001:db8::1")).isEqualTo(of("2001:db8::ffff:2"));
        assertThat(of("2001:db8::1")).isNotEqualTo(of("2001:db8:0:1::1"));
        assertThat(of("2001:db8::1")).hasToString("20010db800000000");
    }

    @Test
    void unknown_addresses_are_one_client() {
        assertThat(ClientNetwork.of(null)).isEqualTo(ClientNetwork.of(null)).hasToString("");
        assertThat(ClientNetwork.of(null)).isNotEqualTo(of("0.0.0.0"));
    }

    private static ClientNetwork of(String address) {
        return ClientNetwork.of(InetAddress.ofLiteral(address));
    }
}

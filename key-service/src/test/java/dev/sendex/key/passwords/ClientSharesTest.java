package dev.sendex.key.passwords;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.common.network.ClientNetwork;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class ClientSharesTest {

    private final ClientShares shares = new ClientShares(2);

    @Test
    void each_client_has_its_own_limit() {
        assertThat(shares.tryAcquire(client("192.0.2.1"))).isTrue();
        assertThat(shares.tryAcquire(client("192.0.2.1"))).isTrue();
        assertThat(shares.tryAcquire(client("192.0.2.1"))).isFalse();
        assertThat(shares.tryAcquire(client("192.0.2.2"))).isTrue();
    }

    @Test
    void a_released_permit_can_be_acquired_again() {
        shares.tryAcquire(client("192.0.2.1"));
        shares.tryAcquire(client("192.0.2.1"));
        shares.tryAcquire(client("192.0.2.1"));

        shares.release(client("192.0.2.1"));

        assertThat(shares.tryAcquire(client("192.0.2.1"))).isTrue();
        assertThat(shares.tryAcquire(client("192.0.2.1"))).isFalse();
    }

    @Test
    void all_addresses_of_an_ipv6_network_count_as_one_client() {
        shares.tryAcquire(client("2001:db8::1"));
        shares.tryAcquire(client("2001:db8::2"));

        assertThat(shares.tryAcquire(client("2001:db8::ffff:1"))).isFalse();
        assertThat(shares.tryAcquire(client("2001:db8:0:1::1"))).isTrue();
    }

    private static ClientNetwork client(String address) {
        return ClientNetwork.of(InetAddress.ofLiteral(address));
    }
}

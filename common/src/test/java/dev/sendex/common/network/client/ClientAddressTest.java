package dev.sendex.common.network.client;

import static dev.sendex.common.network.client.NetworkConfig.ForwardedHeader.FORWARDED;
import static dev.sendex.common.network.client.NetworkConfig.ForwardedHeader.X_FORWARDED_FOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.common.network.Addresses;
import io.vertx.core.MultiMap;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

    private static final List<String> PROXIES = List.of("10.0.0.0/8", "fd00::/8");

    private final ClientAddress behindProxies = new ClientAddress(X_FORWARDED_FOR, PROXIES);
    private final ClientAddress behindStandardProxies = new ClientAddress(FORWARDED, PROXIES);

    @Test
    void without_trusted_proxies_the_peer_is_the_client() {
        ClientAddress unproxied = new ClientAddress(X_FORWARDED_FOR, List.of());

        assertThat(found(unproxied, "10.0.0.1", "203.0.113.7")).isEqualTo("10.0.0.1");
    }

    @Test
    void only_a_trusted_proxy_can_report_tls() {
        MultiMap https = headers("X-Forwarded-Proto", "https");
        MultiMap http = headers("X-Forwarded-Proto", "http");

        assertThat(behindProxies.reportsTls(addressOf("10.0.0.1"), https)).isTrue();
        assertThat(behindProxies.reportsTls(addressOf("10.0.0.1"), http)).isFalse();
        assertThat(behindProxies.reportsTls(addressOf("198.51.100.4"), https)).isFalse();
        assertThat(behindStandardProxies.reportsTls(addressOf("10.0.0.1"), https)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=203.0.113.7;proto=https | true",
                "proto=\"https\" | true",
                "proto=http | false",
                "for=203.0.113.7 | false",
                "for=\"proto=https\" | false"
            })
    void tls_is_reported_in_the_standard_header(String forwarded, boolean tls) {
        MultiMap headers = headers("Forwarded", forwarded);

        assertThat(behindStandardProxies.reportsTls(addressOf("10.0.0.1"), headers)).isEqualTo(tls);
    }

    @Test
    void headers_of_an_untrusted_peer_are_ignored() {
        assertThat(found(behindProxies, "198.51.100.4", "203.0.113.7")).isEqualTo("198.51.100.4");
    }

    @Test
    void the_last_untrusted_address_is_the_client() {
        assertThat(found(behindProxies, "10.0.0.1", "192.0.2.66, 203.0.113.7, 10.0.0.2"))
                .isEqualTo("203.0.113.7");
        assertThat(found(behindProxies, "10.0.0.1", "192.0.2.66", "203.0.113.7"))
                .isEqualTo("203.0.113.7");
    }

    @Test
    void a_proxy_without_a_forwarded_address_is_the_client() {
        assertThat(found(behindProxies, "10.0.0.1")).isEqualTo("10.0.0.1");
        assertThat(found(behindProxies, "10.0.0.1", "10.0.0.9")).isEqualTo("10.0.0.9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "", "localhost", "203.0.113.7,", "203.0.113.7, _hidden"})
    void a_malformed_address_is_unknown(String header) {
        assertThat(found(behindProxies, "10.0.0.1", header)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for=203.0.113.7",
                "proto=https;for=203.0.113.7;by=10.0.0.1",
                "For=\"203.0.113.7:4711\"",
                "for=192.0.2.66, for=203.0.113.7, for=\"[fd00::2]:80\""
            })
    void the_standard_header_is_parsed(String header) throws Exception {
        InetAddress client =
                behindStandardProxies.of(
                        InetAddress.getByName("fd00::1"), headers("Forwarded", header));

        assertThat(client).isEqualTo(InetAddress.getByName("203.0.113.7"));
    }

    @Test
    void the_header_that_is_not_configured_is_ignored() throws Exception {
        InetAddress proxy = InetAddress.getByName("10.0.0.1");
        MultiMap both =
                headers("Forwarded", "for=203.0.113.7").add("X-Forwarded-For", "203.0.113.9");

        assertThat(behindStandardProxies.of(proxy, both))
                .isEqualTo(InetAddress.getByName("203.0.113.7"));
        assertThat(behindProxies.of(proxy, both)).isEqualTo(InetAddress.getByName("203.0.113.9"));
        assertThat(behindProxies.of(proxy, headers("Forwarded", "for=203.0.113.7")))
                .isEqualTo(proxy);
    }

    private static InetAddress addressOf(String text) {
        return java.util.Objects.requireNonNull(Addresses.parse(text));
    }

    private static MultiMap headers(String name, String... values) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (String value : values) {
            headers.add(name, value);
        }
        return headers;
    }

    private static @Nullable String found(ClientAddress addresses, String peer, String... headers) {
        try {
            InetAddress client =
                    addresses.of(InetAddress.getByName(peer), headers("X-Forwarded-For", headers));
            return client == null ? null : client.getHostAddress();
        } catch (java.net.UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

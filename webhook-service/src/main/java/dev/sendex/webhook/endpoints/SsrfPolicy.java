package dev.sendex.webhook.endpoints;

import dev.sendex.common.network.Cidr;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/// Which IP addresses customers' endpoints may have. Customers choose the targets of webhooks, so
/// webhooks must not reach internal addresses (server-side request forgery).
///
/// IPv4 is allowed except for the special-purpose blocks of RFC 6890 and its registry. IPv6 is
/// denied except for global unicast, without the blocks that embed IPv4 addresses or are reserved.
/// IPv4-mapped addresses are checked as IPv4.
@ApplicationScoped
public class SsrfPolicy {

    private static final List<Cidr> DENIED_V4 =
            blocks(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3");
    private static final Cidr GLOBAL_V6 = Cidr.of("2000::/3");
    private static final List<Cidr> DENIED_V6 =
            blocks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private final boolean insecureLoopback;
    private final List<Cidr> allowed;

    SsrfPolicy(EndpointConfig config) {
        this.insecureLoopback = config.insecureLoopback();
        this.allowed = config.allowedRanges().orElse(List.of()).stream().map(Cidr::of).toList();
    }

    private static List<Cidr> blocks(String... texts) {
        return Arrays.stream(texts).map(Cidr::of).toList();
    }

    /// Whether a connection to this address is allowed.
    public boolean allows(InetAddress address) {
        if (insecureLoopback && address.isLoopbackAddress()) {
            return true;
        }
        return Cidr.anyContains(allowed, address) || isPublic(address);
    }

    static boolean isPublic(InetAddress address) {
        return switch (address.getAddress().length) {
            case 4 -> !Cidr.anyContains(DENIED_V4, address);
            default -> GLOBAL_V6.contains(address) && !Cidr.anyContains(DENIED_V6, address);
        };
    }
}

package dev.sendex.key.throttle;

import dev.sendex.common.runtime.Sha256;
import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What is attempted, on whom and from where.
///
/// @param subject whose secret is guessed at: an email or an id. Counted the same whether there is
///   such a one or not
public record Attempt(String kind, String subject, @Nullable InetAddress client) {

    /// Who holds an IPv6 address holds at least the 2^64 around it.
    private static final int IPV6_NETWORK_BYTES = 8;

    byte[] subjectHash() {
        return Sha256.of("%s subject %s".formatted(kind, subject));
    }

    byte[] clientHash() {
        return Sha256.of("%s client %s".formatted(kind, network()));
    }

    private String network() {
        if (client == null) {
            return "unknown";
        }
        byte[] bytes = client.getAddress();
        return Arrays.toString(
                bytes.length > IPV6_NETWORK_BYTES
                        ? Arrays.copyOf(bytes, IPV6_NETWORK_BYTES)
                        : bytes);
    }

    @Override
    public String toString() {
        return "Attempt[" + kind + "]";
    }
}

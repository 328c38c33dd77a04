package dev.sendex.common.network;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// What one client holds at least: an IPv4 address, or the /64 around an IPv6 address. Whoever is
/// counted by address could use every one of those. All that come from nowhere are one.
///
/// @param bytes of the network's address: none, 4 or 8
public record ClientNetwork(ByteBuffer bytes) {

    private static final ClientNetwork UNKNOWN = new ClientNetwork(ByteBuffer.allocate(0));
    private static final int IPV6_NETWORK_BYTES = 8;

    public ClientNetwork {
        bytes = bytes.asReadOnlyBuffer();
    }

    public static ClientNetwork of(@Nullable InetAddress client) {
        if (client == null) {
            return UNKNOWN;
        }
        byte[] address = client.getAddress();
        int length = Math.min(address.length, IPV6_NETWORK_BYTES);
        return new ClientNetwork(ByteBuffer.wrap(Arrays.copyOf(address, length)));
    }

    /// Like that of any record, but compiled: not every GraalVM compiles a record's own, and this
    /// is asked with every guess.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClientNetwork network && bytes.equals(network.bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    /// The bytes in hexadecimal.
    @Override
    public String toString() {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        return HexFormat.of().formatHex(copy);
    }
}

package dev.sendex.common.network;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The addresses that count as one client: an IPv4 address, or the /64 of an IPv6 address, since a
/// client can use all of that. Unknown addresses count as one client.
///
/// @param bytes of the network's address: 0, 4 or 8
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

    /// The same as a record's own, but compiled: not every GraalVM compiles that one, and this runs
    /// for every guess.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClientNetwork network && bytes.equals(network.bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    /// In hexadecimal.
    @Override
    public String toString() {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        return HexFormat.of().formatHex(copy);
    }
}

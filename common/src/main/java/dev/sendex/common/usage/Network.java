package dev.sendex.common.usage;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The approximate network of an address: the /24 of an IPv4 address, the /48 of an IPv6 address.
///
/// @param prefix the bytes of the address, with zeros after the prefix
record Network(long prefix, boolean isIpv6) {

    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final long FIRST_24_BITS = -1L << 40;
    private static final long FIRST_48_BITS = -1L << 16;

    static Network of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == IPV4_BYTES
                ? new Network((long) ByteBuffer.wrap(bytes).getInt() << 32 & FIRST_24_BITS, false)
                : new Network(ByteBuffer.wrap(bytes).getLong() & FIRST_48_BITS, true);
    }

    /// The same as a record's own, but compiled: not every GraalVM compiles that one, and this runs
    /// with requests.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Network network
                && prefix == network.prefix
                && isIpv6 == network.isIpv6;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(prefix);
    }

    /// The network as a CIDR block.
    String cidr() {
        ByteBuffer bytes = ByteBuffer.allocate(IPV6_BYTES).putLong(prefix);
        try {
            byte[] address = Arrays.copyOf(bytes.array(), isIpv6 ? IPV6_BYTES : IPV4_BYTES);
            return InetAddress.getByAddress(address).getHostAddress() + (isIpv6 ? "/48" : "/24");
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

package dev.sendex.common.network;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// A block of addresses in CIDR notation (RFC 4632, section 3.1; RFC 4291, section 2.3).
///
/// IPv4-mapped IPv6 addresses count as IPv4 addresses, since a dual-stack socket reports clients
/// either way. IPv6 blocks contain no IPv4 addresses, and the other way round.
///
/// The address is stored as numbers, since constants of a native executable cannot contain an
/// `InetAddress`.
///
/// @param high the first eight bytes of the block's first address; for IPv4 its four bytes and
///   zeros
/// @param low the other eight bytes; for IPv4 zero
/// @param isIpv6 whether it is a block of IPv6 addresses
/// @param bits the length of the prefix
public record Cidr(long high, long low, boolean isIpv6, int bits) {

    private static final int V4_BITS = 32;
    private static final int V6_BITS = 128;
    private static final int MAPPED_PREFIX = 96;

    /// Why a text is not a block.
    public enum Defect {
        NO_BLOCK("is not an IP address or CIDR block such as `192.0.2.0/24` or `2001:db8::/32`"),
        HOST_BITS("has host bits set; use `%s`");

        private final String message;

        Defect(String message) {
            this.message = message;
        }

        String message() {
            return message;
        }
    }

    /// The result of parsing.
    public sealed interface Parsed {

        record Block(Cidr block) implements Parsed {}

        /// Not a valid block.
        ///
        /// @param message for people, to follow the text itself
        record Invalid(Defect defect, String message) implements Parsed {}
    }

    /// Parses a block, or a single address as a block of one.
    public static Parsed read(String text) {
        int slash = text.indexOf('/');
        @Nullable InetAddress address =
                Addresses.parse(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return invalid(Defect.NO_BLOCK);
        }
        int maxBits = address.getAddress().length * Byte.SIZE;
        boolean mapped = maxBits == V4_BITS && text.indexOf(':') >= 0;
        int bits = slash < 0 ? maxBits : prefix(text.substring(slash + 1), mapped);
        if (bits < 0 || bits > maxBits) {
            return invalid(Defect.NO_BLOCK);
        }
        Cidr single = single(address);
        Cidr block = single.withPrefix(bits);
        return block.high == single.high && block.low == single.low
                ? new Parsed.Block(block)
                : invalid(Defect.HOST_BITS, block.toString());
    }

    /// Parses a block.
    ///
    /// @throws IllegalArgumentException if it is not valid
    public static Cidr of(String text) {
        return switch (read(text)) {
            case Parsed.Block(Cidr block) -> block;
            case Parsed.Invalid(_, String message) ->
                    throw new IllegalArgumentException("`%s` %s".formatted(text, message));
        };
    }

    private static Parsed invalid(Defect defect, Object... details) {
        return new Parsed.Invalid(defect, defect.message().formatted(details));
    }

    /// The length of a prefix, or -1 if the text is not valid. The first 96 bits of a mapped block
    /// are the mapping.
    private static int prefix(String text, boolean mapped) {
        if (!text.matches("0|[1-9][0-9]{0,2}")) {
            return -1;
        }
        int bits = Integer.parseInt(text);
        return mapped ? bits - MAPPED_PREFIX : bits;
    }

    private static Cidr single(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean isIpv6 = bytes.length * Byte.SIZE == V6_BITS;
        ByteBuffer padded = ByteBuffer.wrap(Arrays.copyOf(bytes, V6_BITS / Byte.SIZE));
        return new Cidr(padded.getLong(), padded.getLong(), isIpv6, isIpv6 ? V6_BITS : V4_BITS);
    }

    private Cidr withPrefix(int length) {
        return new Cidr(
                high & firstBits(length), low & firstBits(length - Long.SIZE), isIpv6, length);
    }

    private static long firstBits(int count) {
        if (count <= 0) {
            return 0;
        }
        return count >= Long.SIZE ? -1 : -1L << (Long.SIZE - count);
    }

    public boolean contains(InetAddress address) {
        return contains(single(address));
    }

    /// Whether this block contains the whole other block.
    public boolean contains(Cidr other) {
        return other.isIpv6 == isIpv6 && other.bits >= bits && other.withPrefix(bits).equals(this);
    }

    /// Whether any of the blocks contains the address.
    public static boolean anyContains(Collection<Cidr> blocks, InetAddress address) {
        for (Cidr block : blocks) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /// In CIDR notation, IPv6 addresses in the form of RFC 5952.
    @Override
    public String toString() {
        byte[] bytes = ByteBuffer.allocate(V6_BITS / Byte.SIZE).putLong(high).putLong(low).array();
        int length = (isIpv6 ? V6_BITS : V4_BITS) / Byte.SIZE;
        try {
            InetAddress address = InetAddress.getByAddress(Arrays.copyOf(bytes, length));
            return NetUtil.toAddressString(address) + "/" + bits;
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

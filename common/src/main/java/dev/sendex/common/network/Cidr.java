package dev.sendex.common.network;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// A block of addresses in CIDR notation (RFC 4632, section 3.1; RFC 4291, section 2.3).
///
/// An IPv4 address that is mapped into IPv6 counts as the IPv4 address: a dual-stack socket reports
/// clients either way. No IPv6 block holds an IPv4 address, and the other way round.
///
/// @param network the first address of the block
/// @param bits the length of the prefix
public record Cidr(InetAddress network, int bits) {

    private static final int V4_BITS = 32;
    private static final int MAPPED_PREFIX = 96;

    /// Why a text is no block.
    public enum Flaw {
        NO_BLOCK("is no address or block, such as `192.0.2.0/24` or `2001:db8::/32`"),
        HOST_BITS("has host bits set; the block begins at `%s`");

        private final String message;

        Flaw(String message) {
            this.message = message;
        }

        String message() {
            return message;
        }
    }

    /// What a text turned out to be.
    public sealed interface Reading {

        record Block(Cidr block) implements Reading {}

        /// No block.
        ///
        /// @param message for people, to be read after the text itself
        record Flawed(Flaw flaw, String message) implements Reading {}
    }

    /// Reads a block, or a single address as the block that holds nothing else.
    public static Reading read(String text) {
        int slash = text.indexOf('/');
        @Nullable InetAddress address =
                Addresses.parse(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return flawed(Flaw.NO_BLOCK);
        }
        int longest = address.getAddress().length * Byte.SIZE;
        boolean mapped = longest == V4_BITS && text.indexOf(':') >= 0;
        int bits = slash < 0 ? longest : prefix(text.substring(slash + 1), mapped);
        if (bits < 0 || bits > longest) {
            return flawed(Flaw.NO_BLOCK);
        }
        Cidr block = new Cidr(masked(address, bits), bits);
        return block.network.equals(address)
                ? new Reading.Block(block)
                : flawed(Flaw.HOST_BITS, block.toString());
    }

    /// The block in this text.
    ///
    /// @throws IllegalArgumentException where there is none
    public static Cidr of(String text) {
        return switch (read(text)) {
            case Reading.Block(Cidr block) -> block;
            case Reading.Flawed(_, String message) ->
                    throw new IllegalArgumentException("`%s` %s".formatted(text, message));
        };
    }

    private static Reading flawed(Flaw flaw, Object... details) {
        return new Reading.Flawed(flaw, flaw.message().formatted(details));
    }

    /// The length of a prefix, or -1 where the text is none. Of a mapped block the first 96 bits
    /// are the mapping.
    private static int prefix(String text, boolean mapped) {
        if (!text.matches("0|[1-9][0-9]{0,2}")) {
            return -1;
        }
        int bits = Integer.parseInt(text);
        return mapped ? bits - MAPPED_PREFIX : bits;
    }

    public boolean contains(InetAddress address) {
        byte[] other = address.getAddress();
        byte[] own = network.getAddress();
        if (other.length != own.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        for (int index = 0; index < whole; index++) {
            if (own[index] != other[index]) {
                return false;
            }
        }
        int rest = bits % Byte.SIZE;
        return rest == 0
                || ((own[whole] ^ other[whole]) & (0xff << (Byte.SIZE - rest)) & 0xff) == 0;
    }

    /// Whether every address of the other block is one of this.
    public boolean contains(Cidr other) {
        return other.bits >= bits && contains(other.network);
    }

    /// Whether one of the blocks holds the address.
    public static boolean anyContains(Collection<Cidr> blocks, InetAddress address) {
        for (Cidr block : blocks) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static InetAddress masked(InetAddress address, int bits) {
        byte[] bytes = address.getAddress();
        for (int index = 0; index < bytes.length; index++) {
            int kept = Math.clamp(bits - index * (long) Byte.SIZE, 0, Byte.SIZE);
            bytes[index] = (byte) (bytes[index] & (0xff << (Byte.SIZE - kept)));
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// In CIDR notation, an IPv6 address as RFC 5952 writes it.
    @Override
    public String toString() {
        return NetUtil.toAddressString(network) + "/" + bits;
    }
}

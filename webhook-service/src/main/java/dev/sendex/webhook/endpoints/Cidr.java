package dev.sendex.webhook.endpoints;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// A block of addresses.
final class Cidr {

    private static final Pattern LITERAL = Pattern.compile("[0-9a-fA-F:.]+/[0-9]{1,3}");

    private final byte[] network;
    private final int bits;

    private Cidr(byte[] network, int bits) {
        this.network = network;
        this.bits = bits;
    }

    /// @throws IllegalArgumentException where the text is no block
    static Cidr parse(String text) {
        if (!LITERAL.matcher(text).matches()) {
            throw new IllegalArgumentException("not a CIDR block: " + text);
        }
        String[] parts = text.split("/", 2);
        try {
            byte[] network = InetAddress.getByName(parts[0]).getAddress();
            int bits = Integer.parseInt(parts[1]);
            if (bits > network.length * Byte.SIZE) {
                throw new IllegalArgumentException("not a CIDR block: " + text);
            }
            return new Cidr(network, bits);
        } catch (UnknownHostException noLiteral) {
            throw new IllegalArgumentException("not a CIDR block: " + text, noLiteral);
        }
    }

    static List<Cidr> list(String... texts) {
        return Arrays.stream(texts).map(Cidr::parse).toList();
    }

    boolean contains(InetAddress address) {
        byte[] other = address.getAddress();
        if (other.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((network[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}

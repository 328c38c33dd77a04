package dev.sendex.common.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads literal addresses, and never asks DNS.
final class Addresses {

    private static final Pattern V4 =
            Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(?!$)|$)){4}");

    /// Only narrows down what is handed on: with a colon inside nothing is taken for a name.
    private static final Pattern V6 = Pattern.compile("(?=[^:]*:)[0-9a-fA-F:.]{2,45}");

    private Addresses() {}

    /// The address in this text, or null where it is none. An IPv4 address mapped into IPv6
    /// (`::ffff:192.0.2.1`) is the IPv4 address that it stands for.
    static @Nullable InetAddress parse(String text) {
        if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException noAddress) {
            return null;
        }
    }
}

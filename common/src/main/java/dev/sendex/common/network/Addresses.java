package dev.sendex.common.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Parses literal addresses without DNS lookups.
public final class Addresses {

    private static final Pattern V4 =
            Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(?!$)|$)){4}");

    /// A coarse check. Text with a colon is never resolved as a host name.
    private static final Pattern V6 = Pattern.compile("(?=[^:]*:)[0-9a-fA-F:.]{2,45}");

    private Addresses() {}

    /// The address in this text, or null if it is not valid. An IPv4-mapped IPv6 address
    /// (`::ffff:192.0.2.1`) is returned as IPv4 address.
    public static @Nullable InetAddress parse(String text) {
        if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException malformed) {
            return null;
        }
    }
}

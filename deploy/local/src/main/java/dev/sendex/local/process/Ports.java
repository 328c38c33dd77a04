package dev.sendex.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// Ports of the loopback interface.
public final class Ports {

    private static final int MIN_PORT = 20_000;
    private static final int MAX_PORT = 32_000;
    private static final int ATTEMPTS = 1_000;

    private Ports() {}

    /// A free port below the range that systems use for outgoing connections, so that none of those
    /// takes it before it is used.
    public static int free() {
        return ThreadLocalRandom.current()
                .ints(MIN_PORT, MAX_PORT)
                .limit(ATTEMPTS)
                .filter(Ports::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free port on this machine"));
    }

    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}

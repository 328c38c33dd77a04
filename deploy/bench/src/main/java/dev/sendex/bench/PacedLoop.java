package dev.sendex.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Open-loop load: requests are due at fixed times, whether or not earlier ones were answered. A
/// latency counts from the time at which the request was due, so that a stall counts for every
/// request that it delays (corrected for coordinated omission).
///
/// Uses one thread and plain sockets, as [ClosedLoop] does. A request is sent up to a millisecond
/// after it is due, which counts too.
final class PacedLoop implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /// How many times as long as planned a load may take that the server cannot keep up with.
    private static final int MAX_OVERRUN = 3;

    private final Supplier<byte[]> requests;
    private final Predicate<String> isRight;
    private final Selector selector;
    private final List<HttpConnection> connections = new ArrayList<>();
    private final Deque<HttpConnection> idle = new ArrayDeque<>();
    private final List<Double> times = new ArrayList<>();

    private PacedLoop(Supplier<byte[]> requests, Predicate<String> isRight) throws IOException {
        this.requests = requests;
        this.isRight = isRight;
        selector = Selector.open();
    }

    /// Fails with the first wrong response, and if the server is much too slow for the rate.
    static ClosedLoop.Load run(
            InetSocketAddress server,
            int connections,
            double perSecond,
            Duration duration,
            Supplier<byte[]> requests,
            Predicate<String> isRight)
            throws IOException {
        try (PacedLoop loop = new PacedLoop(requests, isRight)) {
            for (int i = 0; i < connections; i++) {
                loop.connections.add(HttpConnection.open(server, loop.selector));
            }
            return loop.run(perSecond, duration);
        }
    }

    private ClosedLoop.Load run(double perSecond, Duration duration) throws IOException {
        idle.addAll(connections);
        long start = System.nanoTime();
        double interval = 1e9 / perSecond;
        long total = Math.max(1, Math.round(duration.toNanos() / interval));
        long sent = 0;
        while (times.size() < total) {
            long now = System.nanoTime();
            if (now - start > MAX_OVERRUN * duration.toNanos() + TIMEOUT.toNanos()) {
                throw new IOException("%.0f requests a second are too many".formatted(perSecond));
            }
            long due = start + (long) (sent * interval);
            if (sent < total && !idle.isEmpty() && due <= now) {
                idle.pop().send(requests.get(), due);
                sent++;
            } else {
                boolean isWaiting = sent == total || idle.isEmpty();
                receive(isWaiting ? TIMEOUT.toMillis() : Math.max(1, (due - now) / 1_000_000));
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new ClosedLoop.Load(times.size() / seconds, Samples.of(times));
    }

    /// Handles the responses that arrive within this time, or by its end if there are none.
    private void receive(long millis) throws IOException {
        int ready = selector.select(millis);
        if (ready == 0 && millis == TIMEOUT.toMillis()) {
            throw new IOException("no answer within " + TIMEOUT);
        }
        for (SelectionKey key : selector.selectedKeys()) {
            HttpConnection connection = (HttpConnection) key.attachment();
            String answer = connection.receive();
            if (answer != null) {
                if (!isRight.test(answer)) {
                    throw new IOException("not right: " + answer.lines().findFirst().orElse(""));
                }
                times.add(connection.millis());
                idle.push(connection);
            }
        }
        selector.selectedKeys().clear();
    }

    @Override
    public void close() throws IOException {
        for (HttpConnection connection : connections) {
            connection.close();
        }
        selector.close();
    }
}

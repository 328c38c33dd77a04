package dev.sendex.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Closed-loop load: each caller sends its next request when it has the response to the last one.
/// Uses one thread, plain sockets and prepared requests, to take as little processor time as
/// possible from the servers measured on the same machine.
final class ClosedLoop implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Supplier<byte[]> requests;
    private final Predicate<String> isRight;
    private final Selector selector;
    private final List<HttpConnection> callers = new ArrayList<>();
    private final List<Double> times = new ArrayList<>();

    private ClosedLoop(Supplier<byte[]> requests, Predicate<String> isRight) throws IOException {
        this.requests = requests;
        this.isRight = isRight;
        selector = Selector.open();
    }

    /// The result of a load.
    ///
    /// @param times of each request, in milliseconds
    record Load(double perSecond, Samples times) {}

    /// Fails with the first wrong response.
    ///
    /// @param isRight checks the complete response, head and body
    static Load run(
            InetSocketAddress server,
            int callers,
            Duration duration,
            Supplier<byte[]> requests,
            Predicate<String> isRight)
            throws IOException {
        try (ClosedLoop loop = new ClosedLoop(requests, isRight)) {
            for (int i = 0; i < callers; i++) {
                loop.connect(server);
            }
            return loop.run((elapsed, _) -> elapsed >= duration.toNanos());
        }
    }

    /// Like [#run], but stops after a number of requests.
    static Load runTimes(
            InetSocketAddress server,
            int callers,
            int count,
            Supplier<byte[]> requests,
            Predicate<String> isRight)
            throws IOException {
        try (ClosedLoop loop = new ClosedLoop(requests, isRight)) {
            for (int i = 0; i < Math.min(callers, count); i++) {
                loop.connect(server);
            }
            return loop.run((_, sent) -> sent >= count);
        }
    }

    /// When no further requests are sent.
    @FunctionalInterface
    private interface End {

        /// @param elapsed since the start, in nanoseconds
        boolean isReached(long elapsed, int sent);
    }

    private void connect(InetSocketAddress server) throws IOException {
        callers.add(HttpConnection.open(server, selector));
    }

    private Load run(End end) throws IOException {
        long start = System.nanoTime();
        for (HttpConnection caller : callers) {
            caller.send(requests.get());
        }
        int waiting = callers.size();
        while (waiting > 0) {
            if (selector.select(TIMEOUT.toMillis()) == 0) {
                throw new IOException("no answer within " + TIMEOUT);
            }
            long elapsed = System.nanoTime() - start;
            for (SelectionKey ready : selector.selectedKeys()) {
                boolean isOver = end.isReached(elapsed, times.size() + waiting);
                waiting -= receive((HttpConnection) ready.attachment(), isOver);
            }
            selector.selectedKeys().clear();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Load(times.size() / seconds, Samples.of(times));
    }

    /// @return how many callers have finished
    private int receive(HttpConnection caller, boolean isOver) throws IOException {
        String answer = caller.receive();
        if (answer == null) {
            return 0;
        }
        if (!isRight.test(answer)) {
            throw new IOException("not right: " + answer.lines().findFirst().orElse(""));
        }
        times.add(caller.millis());
        if (isOver) {
            return 1;
        }
        caller.send(requests.get());
        return 0;
    }

    @Override
    public void close() throws IOException {
        for (HttpConnection caller : callers) {
            caller.close();
        }
        selector.close();
    }
}

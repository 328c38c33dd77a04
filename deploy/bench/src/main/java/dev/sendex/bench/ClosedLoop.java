package dev.sendex.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Closed-loop load: each caller sends its next request when it has the response to the last one.
/// Uses one thread, plain sockets and prepared requests, to take as little processor time as
/// possible from the servers measured on the same machine.
final class ClosedLoop implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Supplier<byte[]> requests;
    private final Predicate<String> isRight;
    private final Selector selector;
    private final List<Caller> callers = new ArrayList<>();
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
            return loop.run(duration);
        }
    }

    private void connect(InetSocketAddress server) throws IOException {
        Caller caller = new Caller(SocketChannel.open(server));
        callers.add(caller);
        caller.channel.configureBlocking(false);
        caller.channel.register(selector, SelectionKey.OP_READ, caller);
    }

    private Load run(Duration duration) throws IOException {
        long start = System.nanoTime();
        for (Caller caller : callers) {
            caller.send(requests.get());
        }
        int waiting = callers.size();
        while (waiting > 0) {
            if (selector.select(TIMEOUT.toMillis()) == 0) {
                throw new IOException("no answer within " + TIMEOUT);
            }
            boolean isOver = System.nanoTime() - start >= duration.toNanos();
            for (SelectionKey ready : selector.selectedKeys()) {
                waiting -= receive((Caller) ready.attachment(), isOver);
            }
            selector.selectedKeys().clear();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Load(times.size() / seconds, Samples.of(times));
    }

    /// @return how many callers have finished
    private int receive(Caller caller, boolean isOver) throws IOException {
        String answer = caller.receive();
        if (answer == null) {
            return 0;
        }
        if (!isRight.test(answer)) {
            throw new IOException("not right: " + answer.lines().findFirst().orElse(""));
        }
        times.add((System.nanoTime() - caller.sentAt) / 1e6);
        if (isOver) {
            return 1;
        }
        caller.send(requests.get());
        return 0;
    }

    /// A persistent connection (RFC 9112), with one request at a time.
    private static final class Caller {

        private static final int MAX_ANSWER = 64 * 1024;
        private static final String END_OF_HEAD = "\r\n\r\n";
        private static final String LAST_CHUNK = "\r\n0\r\n\r\n";
        private static final Pattern LENGTH =
                Pattern.compile("\r\ncontent-length: *(\\d+)", Pattern.CASE_INSENSITIVE);

        private final SocketChannel channel;
        private final ByteBuffer received = ByteBuffer.allocate(MAX_ANSWER);
        private long sentAt;

        Caller(SocketChannel channel) {
            this.channel = channel;
        }

        void send(byte[] request) throws IOException {
            received.clear();
            sentAt = System.nanoTime();
            ByteBuffer rest = ByteBuffer.wrap(request);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }

        /// The response, or null while it is incomplete.
        @Nullable String receive() throws IOException {
            if (channel.read(received) <= 0) {
                throw new EOFException("the server hung up, or its answer is too long");
            }
            String text =
                    new String(
                            received.array(), 0, received.position(), StandardCharsets.ISO_8859_1);
            return isComplete(text) ? text : null;
        }

        private static boolean isComplete(String text) {
            int head = text.indexOf(END_OF_HEAD);
            if (head < 0) {
                return false;
            }
            Matcher length = LENGTH.matcher(text).region(0, head);
            return length.find()
                    ? text.length()
                            >= head + END_OF_HEAD.length() + Integer.parseInt(length.group(1))
                    : text.endsWith(LAST_CHUNK);
        }
    }

    @Override
    public void close() throws IOException {
        for (Caller caller : callers) {
            caller.channel.close();
        }
        selector.close();
    }
}

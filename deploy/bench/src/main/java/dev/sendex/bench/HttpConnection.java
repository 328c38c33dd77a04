package dev.sendex.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A persistent HTTP connection (RFC 9112), with one request at a time.
final class HttpConnection implements AutoCloseable {

    private static final int MAX_ANSWER = 64 * 1024;
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final String LAST_CHUNK = "\r\n0\r\n\r\n";
    private static final Pattern LENGTH =
            Pattern.compile("\r\ncontent-length: *(\\d+)", Pattern.CASE_INSENSITIVE);

    private final SocketChannel channel;
    private final ByteBuffer received = ByteBuffer.allocate(MAX_ANSWER);
    private long since;

    private HttpConnection(SocketChannel channel) {
        this.channel = channel;
    }

    /// The connection is the attachment of its key.
    static HttpConnection open(InetSocketAddress server, Selector selector) throws IOException {
        HttpConnection connection = new HttpConnection(SocketChannel.open(server));
        connection.channel.configureBlocking(false);
        connection.channel.register(selector, SelectionKey.OP_READ, connection);
        return connection;
    }

    void send(byte[] request) throws IOException {
        send(request, System.nanoTime());
    }

    /// @param since the time ([System#nanoTime]) from which the latency counts
    void send(byte[] request, long since) throws IOException {
        received.clear();
        this.since = since;
        ByteBuffer rest = ByteBuffer.wrap(request);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    /// The time since the request was sent or due.
    double millis() {
        return (System.nanoTime() - since) / 1e6;
    }

    /// The response, or null while it is incomplete.
    @Nullable String receive() throws IOException {
        if (channel.read(received) <= 0) {
            throw new EOFException("the server hung up, or its answer is too long");
        }
        String text =
                new String(received.array(), 0, received.position(), StandardCharsets.ISO_8859_1);
        return isComplete(text) ? text : null;
    }

    private static boolean isComplete(String text) {
        int head = text.indexOf(END_OF_HEAD);
        if (head < 0) {
            return false;
        }
        Matcher length = LENGTH.matcher(text).region(0, head);
        return length.find()
                ? text.length() >= head + END_OF_HEAD.length() + Integer.parseInt(length.group(1))
                : text.endsWith(LAST_CHUNK);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

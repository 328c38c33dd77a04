package dev.sendex.webhook.deliveries;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/// An endpoint that answers 204 to the first few requests on each connection, keeps it alive, and
/// closes it on the next request without an answer.
final class ClosingReceiver implements AutoCloseable {

    private final ServerSocket server;
    private final int answers;

    /// The number of requests on each connection.
    private final List<Integer> calls = new CopyOnWriteArrayList<>();

    ClosingReceiver(int answers) throws IOException {
        this.answers = answers;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/hook";
    }

    List<Integer> calls() {
        return List.copyOf(calls);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                int connection = calls.size();
                calls.add(0);
                Thread.ofVirtual().start(() -> serve(socket, connection));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket socket, int connection) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.ISO_8859_1));
            while (read(in)) {
                int call = calls.get(connection) + 1;
                calls.set(connection, call);
                if (call > answers) {
                    return;
                }
                socket.getOutputStream()
                        .write(
                                "HTTP/1.1 204 No Content\r\n\r\n"
                                        .getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException closed) {
            // the client has closed the connection
        }
    }

    /// Whether there was another request.
    private static boolean read(BufferedReader in) throws IOException {
        int length = 0;
        String line = in.readLine();
        if (line == null) {
            return false;
        }
        while (!line.isEmpty()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring("content-length:".length()).strip());
            }
            line = in.readLine();
        }
        in.skip(length);
        return true;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

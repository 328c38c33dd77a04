package dev.sendex.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;

/// Sends raw requests, which an HTTP client would refuse to send, one per connection.
final class Wire {

    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int CHUNK = 4_096;

    /// Represents a connection that was closed without a response.
    static final int NO_ANSWER = 0;

    private Wire() {}

    /// Sends the request and returns the status of the response.
    static int status(URI server, byte[] request) throws IOException {
        String answer = answer(server, request);
        return answer.startsWith("HTTP/1.") && answer.length() > 12
                ? Integer.parseInt(answer.substring(9, 12))
                : NO_ANSWER;
    }

    static String answer(URI server, byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            write(socket, request);
            return read(socket.getInputStream());
        }
    }

    /// A server may answer and close the connection before it has read the whole request.
    private static void write(Socket socket, byte[] request) throws IOException {
        try {
            socket.getOutputStream().write(request);
        } catch (SocketException closed) {
            // The response has already been sent.
        }
    }

    private static String read(InputStream answer) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] buffer = new byte[CHUNK];
        try {
            for (int count = answer.read(buffer); count >= 0; count = answer.read(buffer)) {
                read.write(buffer, 0, count);
            }
        } catch (SocketException reset) {
            // Same as closed.
        }
        return read.toString(ISO_8859_1);
    }
}

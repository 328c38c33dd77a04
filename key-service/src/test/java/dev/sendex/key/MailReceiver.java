package dev.sendex.key;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Receives the emails of key-service over HTTP, like send-service. Email is not configured until a
/// test calls [#open(String)].
public final class MailReceiver implements QuarkusTestResourceLifecycleManager {

    /// A received request.
    public record Received(String authorization, String idempotencyKey, JsonNode body) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ACCEPTED = 200;

    private static final Queue<Received> RECEIVED = new ConcurrentLinkedQueue<>();
    private static final Queue<Integer> REFUSALS = new ConcurrentLinkedQueue<>();
    private static Path keyFile;

    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            keyFile = Files.createTempDirectory("mail").resolve("key");
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/v1/emails", MailReceiver::receive);
            server.start();
            return Map.of(
                    "sendex.mail.url", "http://127.0.0.1:" + server.getAddress().getPort(),
                    "sendex.mail.from", "sendex@sender.example",
                    "sendex.mail.api-key-file", keyFile.toString(),
                    "sendex.mail.timeout", "1s",
                    "sendex.mail.poll-interval", "50ms");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void stop() {
        server.stop(0);
    }

    /// Configures email with this key.
    public static void open(String key) throws IOException {
        Files.writeString(keyFile, key + "\n");
    }

    public static void close() throws IOException {
        Files.deleteIfExists(keyFile);
    }

    /// Refuses the next request with this status.
    public static void refuse(int status) {
        REFUSALS.add(status);
    }

    /// The requests for this recipient, refused or not.
    public static List<Received> to(String email) {
        return RECEIVED.stream()
                .filter(mail -> mail.body().path("to").asText().equals(email))
                .toList();
    }

    private static void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode body = JSON.readTree(exchange.getRequestBody());
            RECEIVED.add(
                    new Received(
                            exchange.getRequestHeaders().getFirst("Authorization"),
                            exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                            body));
            Integer refusal = REFUSALS.poll();
            byte[] answer = "{\"id\":\"1\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(refusal == null ? ACCEPTED : refusal, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }
}

package dev.sendex.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// An HTTP endpoint that subscribes to the topic and records the messages it receives.
final class Ingest implements AutoCloseable {

    /// An SNS message as received.
    record Received(JsonNode message, Map<String, List<String>> headers) {
        JsonNode event() {
            return json(message.path("Message").asText());
        }

        String eventType() {
            return event().path("eventType").asText();
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final List<Received> confirmations = new CopyOnWriteArrayList<>();
    private final List<Received> notifications = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final boolean confirms;

    private Ingest(HttpServer server, boolean confirms) {
        this.server = server;
        this.confirms = confirms;
    }

    static Ingest start() throws IOException {
        return start(true);
    }

    static Ingest thatNeverConfirms() throws IOException {
        return start(false);
    }

    private static Ingest start(boolean confirms) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Ingest ingest = new Ingest(server, confirms);
        server.createContext("/ingest/sns", ingest::receive);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return ingest;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/ingest/sns");
    }

    List<Received> confirmations() {
        return confirmations;
    }

    List<Received> notifications() {
        return notifications;
    }

    List<String> eventTypes() {
        return notifications.stream().map(Received::eventType).toList();
    }

    void failNext(int times) {
        failures.set(times);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes());
        Received received = new Received(json(body), Map.copyOf(exchange.getRequestHeaders()));
        boolean fails = failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        if (!fails) {
            accept(received);
        }
        exchange.sendResponseHeaders(fails ? 503 : 200, -1);
        exchange.close();
    }

    private void accept(Received received) {
        if (received.message().path("Type").asText().equals("Notification")) {
            notifications.add(received);
            return;
        }
        confirmations.add(received);
        if (confirms) {
            Thread.startVirtualThread(
                    () -> visit(received.message().path("SubscribeURL").asText()));
        }
    }

    static HttpResponse<String> visit(String url) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(url)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.sendex.webhook.deliveries;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// A customer's endpoint, with a configurable response.
final class Receiver implements AutoCloseable {

    record Received(String uri, HttpHeaders headers, String body) {}

    /// How to respond to a request.
    interface Responder {
        void answer(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();

    Receiver(Responder responder) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> receive(exchange, responder));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    static Responder status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?a=b";
    }

    List<Received> received() {
        return received;
    }

    private void receive(HttpExchange exchange, Responder responder) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        received.add(
                new Received(
                        exchange.getRequestURI().toString(),
                        HttpHeaders.of(exchange.getRequestHeaders(), (_, _) -> true),
                        body));
        try {
            responder.answer(exchange);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

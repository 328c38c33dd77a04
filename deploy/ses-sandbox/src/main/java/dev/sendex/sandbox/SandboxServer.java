package dev.sendex.sandbox;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// The HTTP server: reads each request completely and handles it on its own virtual thread.
final class SandboxServer implements AutoCloseable {

    static final String HOST = "127.0.0.1";

    /// Enough for 10 MB of email in base64 in a form, and for larger ones to be rejected with SES's
    /// error.
    private static final int MAX_REQUEST_SIZE = 48 * 1024 * 1024;

    private final Vertx vertx;
    private final HttpServer server;
    private final ExecutorService threads;

    private SandboxServer(Vertx vertx, HttpServer server, ExecutorService threads) {
        this.vertx = vertx;
        this.server = server;
        this.threads = threads;
    }

    static SandboxServer start(int port, SandboxRoutes routes) throws IOException {
        Vertx vertx = Vertx.vertx();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        HttpServer server =
                vertx.createHttpServer(new HttpServerOptions().setHost(HOST).setPort(port))
                        .requestHandler(request ->
                                receive(
                                        request,
                                        body ->
                                                threads.execute(
                                                        () -> send(routes, request, body))));
        try {
            server.listen().toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            vertx.close();
            throw new IOException(
                    "the SES sandbox cannot listen on %s:%d".formatted(HOST, port), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            vertx.close();
            throw new InterruptedIOException("interrupted while starting the SES sandbox");
        }
        return new SandboxServer(vertx, server, threads);
    }

    String url() {
        return "http://%s:%d".formatted(HOST, server.actualPort());
    }

    @Override
    public void close() {
        threads.shutdownNow();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static void receive(HttpServerRequest request, Consumer<Buffer> whole) {
        Buffer body = Buffer.buffer();
        request.handler(part -> {
            body.appendBuffer(part);
            if (body.length() > MAX_REQUEST_SIZE) {
                request.connection().close();
            }
        });
        request.endHandler(_ -> whole.accept(body));
    }

    private static void send(SandboxRoutes routes, HttpServerRequest request, Buffer body) {
        Reply reply = new Reply.Cut();
        try {
            reply = routes.answer(request, body);
        } finally {
            // Catches everything, including running out of memory, so that the caller always gets
            // an answer.
            send(reply, request);
        }
    }

    private static void send(Reply reply, HttpServerRequest request) {
        switch (reply) {
            case Reply.Cut _ -> request.connection().close();
            case Reply.Content(int status, String type, String content, String link) -> {
                if (link != null) {
                    request.response().putHeader("Link", link);
                }
                request.response()
                        .setStatusCode(status)
                        .putHeader("Content-Type", type)
                        .putHeader("Content-Security-Policy", Pages.SECURITY_POLICY)
                        .putHeader("X-Content-Type-Options", "nosniff")
                        .end(content);
            }
        }
    }
}

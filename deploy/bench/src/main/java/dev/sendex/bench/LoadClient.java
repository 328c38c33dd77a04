package dev.sendex.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// Sends requests on persistent connections, from a single thread, since it shares a machine with
/// the servers measured.
final class LoadClient implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient http;

    /// @param connections the number of connections to each server
    LoadClient(int connections) {
        this(connections, "127.0.0.1");
    }

    /// @param address the client address that the servers see
    LoadClient(int connections, String address) {
        http =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setMaxPoolSize(connections)
                                .setLocalAddress(address)
                                .setConnectTimeout((int) TIMEOUT.toMillis()));
    }

    Future<Answer> send(Call call) {
        long sent = System.nanoTime();
        return http.request(call.options())
                .compose(request -> request.send(call.body()))
                .compose(response ->
                        response.body()
                                .map(body ->
                                        new Answer(
                                                response.statusCode(),
                                                body,
                                                sent,
                                                System.nanoTime())));
    }

    /// Waits for the response; must not be called on the client's own thread.
    Answer await(Call call) throws IOException {
        try {
            return send(call)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            throw new IOException("no answer: " + e.getCause(), e);
        }
    }

    /// The body of the response, which must have this status.
    JsonObject require(int status, Call call) throws IOException {
        Answer answer = await(call);
        if (answer.status() != status) {
            throw new IOException(
                    "%s answered %d: %s"
                            .formatted(call.options().getURI(), answer.status(), answer.body()));
        }
        return answer.body().toJsonObject();
    }

    /// Runs a task on the client's thread, which also handles responses.
    void run(Runnable work) {
        vertx.runOnContext(_ -> work.run());
    }

    /// Runs a task on the client's thread later.
    void runAfter(Duration pause, Runnable work) {
        vertx.setTimer(Math.max(1, pause.toMillis()), _ -> work.run());
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}

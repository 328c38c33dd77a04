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

/// Sends requests on kept connections, all from one thread: it has to share a machine with what it
/// measures.
final class LoadClient implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient http;

    /// @param connections to each server
    LoadClient(int connections) {
        this(connections, "127.0.0.1");
    }

    /// @param address which the servers see as the client's
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

    /// Waits for the answer; not for the client's own thread.
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

    /// The answer's body, which must come with this status.
    JsonObject require(int status, Call call) throws IOException {
        Answer answer = await(call);
        if (answer.status() != status) {
            throw new IOException(
                    "%s answered %d: %s"
                            .formatted(call.options().getURI(), answer.status(), answer.body()));
        }
        return answer.body().toJsonObject();
    }

    /// Runs something on the client's thread, where answers arrive too.
    void run(Runnable work) {
        vertx.runOnContext(_ -> work.run());
    }

    /// Runs something on the client's thread later.
    void runAfter(Duration pause, Runnable work) {
        vertx.setTimer(Math.max(1, pause.toMillis()), _ -> work.run());
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}

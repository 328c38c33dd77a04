package dev.sendex.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Open-loop load at a fixed rate, independent of the responses. Requests that are due while all
/// connections are waiting for responses are dropped.
final class OpenLoad {

    private static final Duration TICK = Duration.ofMillis(5);

    private final LoadClient client;
    private final int connections;
    private final double perSecond;
    private final Supplier<Call> calls;
    private final List<Double> times = new ArrayList<>();
    private final Map<Integer, Integer> statuses = new HashMap<>();
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final long start = System.nanoTime();
    private long due;
    private int underWay;
    private int dropped;
    private volatile boolean isOver;

    private OpenLoad(LoadClient client, int connections, double perSecond, Supplier<Call> calls) {
        this.client = client;
        this.connections = connections;
        this.perSecond = perSecond;
        this.calls = calls;
    }

    /// The result of a load.
    ///
    /// @param times of each response, in milliseconds
    /// @param statuses the number of responses by status; 0 means no response
    /// @param dropped the number of requests that were not sent
    record Outcome(
            List<Double> times, Map<Integer, Integer> statuses, int dropped, double seconds) {

        Outcome {
            times = List.copyOf(times);
            statuses = Map.copyOf(statuses);
        }

        double perSecond() {
            return times.size() / seconds;
        }

        int count(int status) {
            return statuses.getOrDefault(status, 0);
        }
    }

    static OpenLoad start(
            LoadClient client, int connections, double perSecond, Supplier<Call> calls) {
        OpenLoad load = new OpenLoad(client, connections, perSecond, calls);
        client.run(load::tick);
        return load;
    }

    /// Stops the load and waits for the last responses.
    Outcome end() {
        isOver = true;
        return outcome.join();
    }

    private void tick() {
        if (isOver) {
            finish();
            return;
        }
        long now = (long) ((System.nanoTime() - start) / 1e9 * perSecond);
        for (; due < now; due++) {
            send();
        }
        client.runAfter(TICK, this::tick);
    }

    private void send() {
        if (underWay == connections) {
            dropped++;
            return;
        }
        underWay++;
        client.send(calls.get())
                .onSuccess(answer -> note(answer.status(), answer.millis()))
                .onFailure(_ -> note(0, Double.NaN));
    }

    private void note(int status, double millis) {
        underWay--;
        statuses.merge(status, 1, Integer::sum);
        if (status != 0) {
            times.add(millis);
        }
    }

    private void finish() {
        if (underWay > 0) {
            client.runAfter(TICK, this::finish);
            return;
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        outcome.complete(new Outcome(times, statuses, dropped, seconds));
    }
}

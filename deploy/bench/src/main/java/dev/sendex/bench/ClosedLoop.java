package dev.sendex.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Load by callers who each send their next request when they have the answer to the last one.
final class ClosedLoop {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LoadClient client;
    private final Supplier<Call> calls;
    private final Predicate<Answer> isRight;
    private final List<Double> times = new ArrayList<>();
    private final CompletableFuture<Load> result = new CompletableFuture<>();
    private long start;
    private long end;
    private int callers;

    private ClosedLoop(LoadClient client, Supplier<Call> calls, Predicate<Answer> isRight) {
        this.client = client;
        this.calls = calls;
        this.isRight = isRight;
    }

    /// What a load came to.
    ///
    /// @param times of each request, in milliseconds
    record Load(double perSecond, Samples times) {}

    /// Fails with the first answer that is not right.
    static Load run(
            LoadClient client,
            int callers,
            Duration duration,
            Supplier<Call> calls,
            Predicate<Answer> isRight)
            throws IOException {
        ClosedLoop loop = new ClosedLoop(client, calls, isRight);
        client.run(() -> loop.begin(callers, duration));
        try {
            return loop.result
                    .orTimeout(duration.plus(PATIENCE).toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            throw new IOException("the load failed: " + e.getCause(), e);
        }
    }

    private void begin(int count, Duration duration) {
        start = System.nanoTime();
        end = start + duration.toNanos();
        callers = count;
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    private void next() {
        if (System.nanoTime() < end && !result.isDone()) {
            client.send(calls.get()).onSuccess(this::answered).onFailure(this::fail);
        } else if (--callers == 0) {
            double seconds = (System.nanoTime() - start) / 1e9;
            result.complete(new Load(times.size() / seconds, Samples.of(times)));
        }
    }

    private void answered(Answer answer) {
        if (isRight.test(answer)) {
            times.add(answer.millis());
            next();
        } else {
            fail(new IOException("an answer with status " + answer.status() + " is not right"));
        }
    }

    private void fail(Throwable failure) {
        result.completeExceptionally(failure);
    }
}

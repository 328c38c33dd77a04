package dev.sendex.common.background;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Background work that runs at an interval and when it is woken, never twice at a time in one
/// instance. A failed run is reported and retried at the next interval.
public final class BackgroundTask {

    private final Vertx vertx;
    private final Supplier<Uni<Boolean>> run;
    private final Consumer<Throwable> onFailure;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile boolean stopped;
    private volatile long timer = -1;

    /// @param run one run; true if there is more to do, so that the next run follows immediately
    public BackgroundTask(Vertx vertx, Supplier<Uni<Boolean>> run, Consumer<Throwable> onFailure) {
        this.vertx = vertx;
        this.run = run;
        this.onFailure = onFailure;
    }

    /// A task whose failures are logged as warnings.
    ///
    /// @param name of the work, for the log
    public BackgroundTask(Vertx vertx, String name, Supplier<Uni<Boolean>> run) {
        this(
                vertx,
                run,
                failure ->
                        Log.warnf("%s failed, will be retried cause=%s", name, failure.toString()));
    }

    /// Runs once every interval, for the first time after one interval.
    public void start(Duration interval) {
        timer = vertx.setPeriodic(interval.toMillis(), _ -> poll());
    }

    /// Runs now; if it is running already, once more afterwards. Returns immediately.
    public void wake() {
        woken.set(true);
        poll();
    }

    /// Starts no further run. A run in progress is not interrupted.
    public void stop() {
        stopped = true;
        vertx.cancelTimer(timer);
    }

    private void poll() {
        if (!stopped && running.compareAndSet(false, true)) {
            woken.set(false);
            Uni.createFrom().deferred(() -> run.get()).subscribe().with(this::end, this::fail);
        }
    }

    private void end(boolean more) {
        running.set(false);
        if (more || woken.get()) {
            poll();
        }
    }

    private void fail(Throwable failure) {
        running.set(false);
        onFailure.accept(failure);
    }
}

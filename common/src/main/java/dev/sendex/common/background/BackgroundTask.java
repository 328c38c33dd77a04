package dev.sendex.common.background;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Background work that is done at an interval and when it is woken, never twice at a time in one
/// instance. A failed run is reported; the next interval tries again.
public final class BackgroundTask {

    private final Vertx vertx;
    private final Supplier<Uni<Boolean>> run;
    private final Consumer<Throwable> onFailure;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile boolean stopped;
    private volatile long timer = -1;

    /// @param run one run; says whether there is more to do, so that the next follows at once
    public BackgroundTask(Vertx vertx, Supplier<Uni<Boolean>> run, Consumer<Throwable> onFailure) {
        this.vertx = vertx;
        this.run = run;
        this.onFailure = onFailure;
    }

    /// A task whose failures are logged as warnings.
    ///
    /// @param name what fails, for the log
    public BackgroundTask(Vertx vertx, String name, Supplier<Uni<Boolean>> run) {
        this(
                vertx,
                run,
                failure ->
                        Log.warnf("%s failed, will be retried cause=%s", name, failure.toString()));
    }

    /// Runs once every interval from now on, for the first time when it has passed.
    public void start(Duration interval) {
        timer = vertx.setPeriodic(interval.toMillis(), _ -> poll());
    }

    /// Runs now, and if it is running already, once more afterwards. Returns at once.
    public void wake() {
        woken.set(true);
        poll();
    }

    /// Begins no further run; one in progress ends by itself.
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

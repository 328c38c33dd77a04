package dev.sendex.send.dispatch;

import dev.sendex.common.token.Environment;
import dev.sendex.send.emails.accepting.EmailAccepted;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Runs one [Lane] for live emails and one for test emails, so that the limits and outages of SES
/// delay live emails only.
///
/// Everything runs on one event loop; the results of sends are handled there too.
@ApplicationScoped
class Dispatcher {

    /// The test lane's share of concurrency and memory. Simulated sends are fast, so a small share
    /// is enough.
    private static final int TEST_SHARE = 8;

    private final DispatchConfig config;
    private final QueueSignal signal;
    private final Vertx vertx;
    private final Context loop;
    private final List<Lane> lanes;
    private final CountDownLatch drained;

    private long poll = -1;

    Dispatcher(
            DispatchConfig config,
            DispatchQueue queue,
            Sending sending,
            SesCircuitBreaker breaker,
            QueueSignal signal,
            Vertx vertx) {
        this.config = config;
        this.signal = signal;
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        int concurrency = config.concurrency();
        long memory = config.memory().asLongValue();
        this.drained = new CountDownLatch(2);
        this.lanes =
                List.of(
                        new Lane(
                                Environment.LIVE,
                                concurrency,
                                memory,
                                queue,
                                sending,
                                breaker,
                                signal,
                                vertx,
                                drained::countDown),
                        new Lane(
                                Environment.TEST,
                                Math.max(1, concurrency / TEST_SHARE),
                                memory / TEST_SHARE,
                                queue,
                                sending,
                                breaker,
                                signal,
                                vertx,
                                drained::countDown));
    }

    void start(@Observes StartupEvent started) {
        if (!config.enabled()) {
            loop.runOnContext(ignored -> lanes.forEach(Lane::stop));
            return;
        }
        signal.onWake(this::wake);
        loop.runOnContext(ignored ->
                poll =
                        vertx.setPeriodic(
                                config.pollInterval().toMillis(), id -> lanes.forEach(Lane::poll)));
    }

    /// Polls the queue soon; returns at once.
    void wake(@Observes EmailAccepted accepted) {
        wake();
    }

    private void wake() {
        loop.runOnContext(ignored -> lanes.forEach(Lane::poll));
    }

    void stopPolling(@Observes ShutdownDelayInitiatedEvent stopping) {
        loop.runOnContext(ignored -> stopLanes());
    }

    /// Waits for emails in flight; the other instances send the rest of the queue.
    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        loop.runOnContext(ignored -> stopLanes());
        if (!drained.await(config.shutdownTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
            Log.warn(
                    "stopped while sending, these emails will be claimed again after their leases");
        }
    }

    private void stopLanes() {
        vertx.cancelTimer(poll);
        lanes.forEach(Lane::stop);
    }
}

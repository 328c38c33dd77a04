package dev.sendex.send.dispatch;

import dev.sendex.send.emails.EmailAccepted;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Keeps this instance sending: looks into the queue when told that something is there, when a send
/// has ended, when the sending rate allows more, and now and then in any case.
///
/// All of it happens on one event loop, so the counters need no locks. Each send comes back to it.
@ApplicationScoped
class Dispatcher {

    private final DispatchConfig config;
    private final DispatchQueue queue;
    private final Sending sending;
    private final QueueSignal signal;
    private final Vertx vertx;
    private final Context loop;
    private final CountDownLatch drained = new CountDownLatch(1);

    private int inFlight;
    private long bytesInFlight;
    private boolean looking;
    private boolean lookAgain;
    private boolean stopping;
    private boolean pausing;
    private long poll = -1;

    Dispatcher(
            DispatchConfig config,
            DispatchQueue queue,
            Sending sending,
            QueueSignal signal,
            Vertx vertx) {
        this.config = config;
        this.queue = queue;
        this.sending = sending;
        this.signal = signal;
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
    }

    void start(@Observes StartupEvent started) {
        signal.onOtherInstances(this::nudge);
        loop.runOnContext(ignored ->
                poll = vertx.setPeriodic(config.pollInterval().toMillis(), id -> look()));
    }

    /// Says that something is in the queue. Returns at once.
    void nudge(@Observes EmailAccepted accepted) {
        nudge();
    }

    private void nudge() {
        loop.runOnContext(ignored -> look());
    }

    private void look() {
        lookAgain = true;
        long memory = config.memory().asLongValue() - bytesInFlight;
        if (looking || stopping || pausing || memory <= 0 || inFlight >= config.concurrency()) {
            return;
        }
        looking = true;
        lookAgain = false;
        queue.claim(config.concurrency() - inFlight, memory)
                .subscribe()
                .with(this::begin, this::notLooked);
    }

    private void begin(Batch batch) {
        looking = false;
        batch.claims().forEach(this::begin);
        if (batch.more()) {
            lookAgain = true;
            signal.tellOtherInstances();
        }
        if (batch.more() && batch.pause().isPositive()) {
            pause(batch.pause());
        } else if (lookAgain) {
            look();
        }
    }

    private void notLooked(Throwable failure) {
        looking = false;
        Log.warnf("queue not read, will be tried again cause=%s", failure.toString());
    }

    private void pause(Duration pause) {
        pausing = true;
        vertx.setTimer(
                Math.max(1, pause.toMillis()),
                id -> {
                    pausing = false;
                    look();
                });
    }

    private void begin(Claim claim) {
        inFlight++;
        bytesInFlight += claim.sizeBytes();
        sending.send(claim)
                .subscribe()
                .with(done -> ended(claim), failure -> ended(claim, failure));
    }

    private void ended(Claim claim, Throwable failure) {
        Log.warnf(
                "outcome not written, the lease will run out emailId=%s cause=%s",
                claim.emailId(), failure.toString());
        ended(claim);
    }

    private void ended(Claim claim) {
        inFlight--;
        bytesInFlight -= claim.sizeBytes();
        if (stopping && inFlight == 0) {
            drained.countDown();
        } else if (lookAgain) {
            look();
        }
    }

    void stopLooking(@Observes ShutdownDelayInitiatedEvent stopping) {
        loop.runOnContext(ignored -> beginStopping());
    }

    /// Waits for what is being sent; what is still queued is there for the others.
    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        loop.runOnContext(ignored -> beginStopping());
        if (!drained.await(config.shutdownTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
            Log.warn("stopped while sending; the emails are taken up again when their leases end");
        }
    }

    private void beginStopping() {
        stopping = true;
        vertx.cancelTimer(poll);
        if (inFlight == 0) {
            drained.countDown();
        }
    }
}

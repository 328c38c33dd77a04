package dev.sendex.send.dispatch;

import dev.sendex.common.token.Environment;
import dev.sendex.send.dispatch.DispatchQueue.Batch;
import io.quarkus.logging.Log;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.UUID;

/// Sends the emails of one environment, up to a limit on concurrency and memory. Claims more when
/// polled, when a send ends, and when the sending rate or the circuit breaker allows it.
///
/// Runs on one event loop, so its counters need no locks.
final class Lane {

    private static final UUID FIRST = new UUID(0, 0);

    /// Even if the rate is so low that the next email is due much later, since the rate may be
    /// raised meanwhile.
    private static final Duration MAX_RATE_PAUSE = Duration.ofSeconds(1);

    private final Environment environment;
    private final int concurrency;
    private final long memory;
    private final DispatchQueue queue;
    private final Sending sending;
    private final SesCircuitBreaker breaker;
    private final QueueSignal signal;
    private final Vertx vertx;
    private final Runnable drained;

    private int inFlight;
    private long bytesInFlight;
    private UUID last = FIRST;
    private boolean polling;
    private boolean pollAgain;
    private boolean paused;
    private boolean stopping;

    /// @param memory how many bytes of email may be in flight; a single email may exceed it
    /// @param drained run once [#stop()] was called and no email is in flight
    Lane(
            Environment environment,
            int concurrency,
            long memory,
            DispatchQueue queue,
            Sending sending,
            SesCircuitBreaker breaker,
            QueueSignal signal,
            Vertx vertx,
            Runnable drained) {
        this.environment = environment;
        this.concurrency = concurrency;
        this.memory = memory;
        this.queue = queue;
        this.sending = sending;
        this.breaker = breaker;
        this.signal = signal;
        this.vertx = vertx;
        this.drained = drained;
    }

    void poll() {
        pollAgain = true;
        int capacity = maxInFlight() - inFlight;
        long bytes = memory - bytesInFlight;
        if (polling || stopping || paused || capacity <= 0 || bytes <= 0) {
            return;
        }
        polling = true;
        pollAgain = false;
        queue.claim(environment, capacity, bytes, last)
                .subscribe()
                .with(this::begin, this::pollFailed);
    }

    /// While the circuit breaker is open, one email at a time probes SES.
    private int maxInFlight() {
        return isOpen() ? 1 : concurrency;
    }

    private boolean isOpen() {
        return environment == Environment.LIVE && breaker.isOpen();
    }

    private void begin(Batch batch) {
        polling = false;
        last = batch.last();
        batch.claims().forEach(this::begin);
        if (stopping) {
            reportDrained();
            return;
        }
        boolean more = batch.more() && !batch.claims().isEmpty();
        if (more) {
            pollAgain = true;
            signal.wakeOtherInstances();
        }
        if (batch.pause().isPositive()) {
            pause(shorter(batch.pause(), MAX_RATE_PAUSE));
        } else if (pollAgain) {
            poll();
        }
    }

    private void pollFailed(Throwable failure) {
        polling = false;
        if (stopping) {
            reportDrained();
        }
        Log.warnf(
                "dispatch poll failed, will be retried environment=%s cause=%s",
                environment.value(), failure.toString());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void pause(Duration pause) {
        paused = true;
        vertx.setTimer(
                Math.max(1, pause.toMillis()),
                id -> {
                    paused = false;
                    poll();
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
                "writing outcome failed, email will be sent again after its lease emailId=%s"
                        + " cause=%s",
                claim.emailId(), failure.toString());
        ended(claim);
    }

    private void ended(Claim claim) {
        inFlight--;
        bytesInFlight -= claim.sizeBytes();
        if (stopping) {
            reportDrained();
        } else if (isOpen()) {
            pauseUntilProbe();
        } else if (pollAgain) {
            poll();
        }
    }

    private void pauseUntilProbe() {
        if (!paused) {
            pause(breaker.probeInterval());
        }
    }

    void stop() {
        if (!stopping) {
            stopping = true;
            reportDrained();
        }
    }

    private void reportDrained() {
        if (inFlight == 0 && !polling) {
            drained.run();
        }
    }
}

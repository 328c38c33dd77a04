package dev.sendex.send.dispatch;

import dev.sendex.common.token.Environment;
import dev.sendex.send.dispatch.DispatchQueue.Batch;
import dev.sendex.send.emails.accepting.Handover.Offer;
import dev.sendex.send.message.Email;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Sends the emails of one environment, up to a limit on concurrency and memory: those that were
/// just accepted while it has room and nothing waits, and those in the queue. Claims more of these
/// when polled, when a send ends, and when the sending rate or the circuit breaker allows it.
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
    private final SendTokens tokens;
    private final SesCircuitBreaker breaker;
    private final QueueSignal signal;
    private final Vertx vertx;
    private final Runnable drained;

    private int inFlight;
    private long bytesInFlight;
    private final Map<UUID, Reservation> reserved = new HashMap<>();
    private UUID last = FIRST;

    /// Whether due emails may be waiting in the queue; they go first.
    private boolean backlog = true;

    private boolean polling;

    /// The room that the poll under way may use; the rest is for emails that are accepted
    /// meanwhile.
    private int asked;

    private long bytesAsked;
    private boolean pollAgain;
    private boolean paused;
    private boolean stopping;

    /// Room and tokens for an email that is about to be stored.
    private record Reservation(int sizeBytes, int tokens) {}

    /// @param memory how many bytes of email may be in flight; a single email may exceed it
    /// @param drained run once [#stop()] was called and no email is in flight
    Lane(
            Environment environment,
            int concurrency,
            long memory,
            DispatchQueue queue,
            Sending sending,
            SendTokens tokens,
            SesCircuitBreaker breaker,
            QueueSignal signal,
            Vertx vertx,
            Runnable drained) {
        this.environment = environment;
        this.concurrency = concurrency;
        this.memory = memory;
        this.queue = queue;
        this.sending = sending;
        this.tokens = tokens;
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
        asked = (capacity + 1) / 2;
        bytesAsked = (bytes + 1) / 2;
        queue.claim(environment, asked, bytesAsked, last)
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
        pollEnded();
        last = batch.last();
        batch.claims().forEach(this::begin);
        if (stopping) {
            reportDrained();
            return;
        }
        backlog = batch.more() || batch.pause().isPositive();
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

    private void pollEnded() {
        polling = false;
        asked = 0;
        bytesAsked = 0;
    }

    private void pollFailed(Throwable failure) {
        pollEnded();
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

    /// Reserves room and tokens for emails that are about to be stored, as far as there are any and
    /// no due email waits.
    ///
    /// @return the ids of the emails to send by [#sendReserved] or to give up by [#giveUp]
    Uni<Set<UUID>> reserve(List<Offer> offers) {
        List<Offer> fitting = offers.stream().filter(this::reserveRoom).toList();
        int recipients =
                fitting.stream().mapToInt(offer -> offer.email().recipients().size()).sum();
        if (environment != Environment.LIVE || fitting.isEmpty()) {
            return Uni.createFrom().item(ids(fitting));
        }
        return tokens.draw(recipients)
                .onFailure()
                .recoverWithNull()
                .map(_ -> ids(fitting.stream().filter(this::takeTokens).toList()));
    }

    private boolean reserveRoom(Offer offer) {
        boolean room =
                !stopping
                        && !paused
                        && !backlog
                        && !isOpen()
                        && inFlight + asked < concurrency
                        && bytesInFlight + bytesAsked < memory;
        if (room) {
            inFlight++;
            bytesInFlight += offer.sizeBytes();
            reserved.put(offer.email().id(), new Reservation(offer.sizeBytes(), 0));
        }
        return room;
    }

    private boolean takeTokens(Offer offer) {
        UUID id = offer.email().id();
        int recipients = offer.email().recipients().size();
        boolean taken = tokens.take(recipients);
        if (taken) {
            reserved.put(id, new Reservation(offer.sizeBytes(), recipients));
        } else {
            giveUp(id);
        }
        return taken;
    }

    private static Set<UUID> ids(List<Offer> offers) {
        return offers.stream().map(offer -> offer.email().id()).collect(Collectors.toSet());
    }

    /// Sends an email that was reserved.
    void sendReserved(Claim claim, Email email) {
        reserved.remove(claim.emailId());
        run(claim, sending.sendFromMemory(claim, email));
    }

    /// Gives up a reservation, if there is one.
    void giveUp(UUID emailId) {
        Reservation reservation = reserved.remove(emailId);
        if (reservation != null) {
            tokens.giveBack(reservation.tokens());
            ended(reservation.sizeBytes());
        }
    }

    /// Emails were stored that nobody has claimed.
    void queued() {
        poll();
        if (!polling) {
            backlog = true; // otherwise the poll finds out
        }
    }

    private void begin(Claim claim) {
        inFlight++;
        bytesInFlight += claim.sizeBytes();
        run(claim, sending.send(claim));
    }

    private void run(Claim claim, Uni<Void> attempt) {
        attempt.subscribe()
                .with(done -> ended(claim.sizeBytes()), failure -> ended(claim, failure));
    }

    private void ended(Claim claim, Throwable failure) {
        Log.warnf(
                "writing outcome failed, email will be sent again after its lease emailId=%s"
                        + " cause=%s",
                claim.emailId(), failure.toString());
        ended(claim.sizeBytes());
    }

    private void ended(int sizeBytes) {
        inFlight--;
        bytesInFlight -= sizeBytes;
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

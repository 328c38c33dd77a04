package dev.sendex.send.dispatch;

import dev.sendex.common.runtime.Ids;
import dev.sendex.common.token.Environment;
import dev.sendex.send.emails.accepting.Handover;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// Runs one [Lane] for live emails and one for test emails, so that the limits and outages of SES
/// delay live emails only.
///
/// Everything runs on one event loop; the results of sends are handled there too.
@ApplicationScoped
class Dispatcher implements Handover {

    /// The test lane's share of concurrency and memory. Simulated sends are fast, so a small share
    /// is enough.
    private static final int TEST_SHARE = 8;

    private final DispatchConfig config;
    private final QueueSignal signal;
    private final Vertx vertx;
    private final Context loop;
    private final Executor executor;
    private final Ids ids;
    private final Lane live;
    private final Lane test;
    private final CountDownLatch drained;

    private long pollTimer = -1;

    Dispatcher(
            DispatchConfig config,
            DispatchQueue queue,
            Sending sending,
            SendTokens tokens,
            SesCircuitBreaker breaker,
            QueueSignal signal,
            Ids ids,
            Vertx vertx) {
        this.config = config;
        this.signal = signal;
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.executor = MutinyHelper.executor(loop);
        int concurrency = config.concurrency();
        long memory = config.memory().asLongValue();
        this.drained = new CountDownLatch(2);
        this.ids = ids;
        this.live =
                new Lane(
                        Environment.LIVE,
                        concurrency,
                        memory,
                        queue,
                        sending,
                        tokens,
                        breaker,
                        signal,
                        vertx,
                        drained::countDown);
        this.test =
                new Lane(
                        Environment.TEST,
                        Math.max(1, concurrency / TEST_SHARE),
                        memory / TEST_SHARE,
                        queue,
                        sending,
                        tokens,
                        breaker,
                        signal,
                        vertx,
                        drained::countDown);
    }

    void start(@Observes StartupEvent started) {
        if (!config.enabled()) {
            loop.runOnContext(_ -> stopLanes());
            return;
        }
        signal.onWake(this::wake);
        loop.runOnContext(ignored ->
                pollTimer = vertx.setPeriodic(config.pollInterval().toMillis(), id -> poll()));
    }

    @Override
    public Uni<Claimed> claim(List<Offer> offers) {
        return Uni.createFrom()
                .deferred(() ->
                        Uni.combine()
                                .all()
                                .unis(
                                        live.reserve(of(Environment.LIVE, offers)),
                                        test.reserve(of(Environment.TEST, offers)))
                                .with(this::claimed))
                .runSubscriptionOn(executor);
    }

    private Claimed claimed(Set<UUID> liveIds, Set<UUID> testIds) {
        Set<UUID> emailIds = new HashSet<>(liveIds);
        emailIds.addAll(testIds);
        return new Claimed(ids.next(), config.lease(), emailIds);
    }

    private static List<Offer> of(Environment environment, List<Offer> offers) {
        return offers.stream()
                .filter(offer -> offer.email().environment().equals(environment.value()))
                .toList();
    }

    @Override
    public void stored(Claimed claimed, List<Offer> stored) {
        loop.runOnContext(_ -> {
            sendClaimed(claimed, live, of(Environment.LIVE, stored));
            sendClaimed(claimed, test, of(Environment.TEST, stored));
        });
    }

    private static void sendClaimed(Claimed claimed, Lane lane, List<Offer> stored) {
        boolean queued = false;
        for (Offer offer : stored) {
            if (claimed.emailIds().contains(offer.email().id())) {
                lane.sendReserved(Claim.first(claimed.number(), offer), offer.email());
            } else {
                queued = true;
            }
        }
        claimed.emailIds().forEach(lane::giveUp);
        if (queued) {
            lane.queued();
        }
    }

    private void wake() {
        loop.runOnContext(_ -> poll());
    }

    private void poll() {
        live.poll();
        test.poll();
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
        vertx.cancelTimer(pollTimer);
        live.stop();
        test.stop();
    }
}

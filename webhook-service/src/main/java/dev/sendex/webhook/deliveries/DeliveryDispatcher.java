package dev.sendex.webhook.deliveries;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Keeps deliveries going: takes what is due while there is room, makes the attempts, records them.
///
/// Everything here runs on one event loop, so its counts need no locks. What it took and did not
/// finish, because it was stopped, is due again for any instance when the lease ends.
@ApplicationScoped
class DeliveryDispatcher {

    private static final Duration FIRST_RETRY = Duration.ofMillis(50);
    private static final Duration MAX_RETRY_INTERVAL = Duration.ofSeconds(2);

    /// Below every endpoint's id.
    private static final UUID FIRST = new UUID(0, 0);

    private final DeliveryConfig config;
    private final DeliveryStore deliveries;
    private final AttemptStore attempts;
    private final WebhookSender endpoints;
    private final MeterRegistry metrics;
    private final Vertx vertx;
    private final Context loop;
    private final Map<UUID, Integer> underWay = new HashMap<>();
    private int total;
    private UUID reached = FIRST;
    private boolean taking;

    /// Whether more may be due than there was room for at the last look.
    private boolean backlog;

    private boolean announced;
    private volatile boolean stopped;

    DeliveryDispatcher(
            DeliveryConfig config,
            DeliveryStore deliveries,
            AttemptStore attempts,
            WebhookSender endpoints,
            MeterRegistry metrics,
            Vertx vertx) {
        this.config = config;
        this.deliveries = deliveries;
        this.attempts = attempts;
        this.endpoints = endpoints;
        this.metrics = metrics;
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        metrics.gauge("sendex.webhooks.under_way", this, dispatcher -> dispatcher.total);
    }

    void start(@Observes StartupEvent started) {
        config.requireLeaseLongerThanCalls();
        vertx.setPeriodic(config.pollInterval().toMillis(), _ -> wake());
    }

    void stop(@Observes ShutdownEvent stopping) {
        stopped = true;
    }

    /// Says that something may be due. Returns at once.
    void wake() {
        loop.runOnContext(_ -> takeMore());
    }

    private void takeMore() {
        announced = true;
        int room = config.concurrency() - total;
        if (taking || stopped || room == 0) {
            return;
        }
        taking = true;
        announced = false;
        deliveries
                .take(config.concurrencyPerEndpoint(), underWay, room, config.lease(), reached)
                .emitOn(this::onLoop)
                .subscribe()
                .with(batch -> taken(batch, room), this::notTaken);
    }

    private void onLoop(Runnable task) {
        loop.runOnContext(_ -> task.run());
    }

    private void taken(List<Delivery> batch, int room) {
        taking = false;
        backlog = batch.size() == room;
        batch.forEach(this::deliver);
        boolean wasAtTheFirst = reached.equals(FIRST);
        reached = lastOf(batch);
        if (announced || !batch.isEmpty() || !wasAtTheFirst) {
            takeMore();
        }
    }

    /// Where the walk over the endpoints has come to, in PostgreSQL's order of ids, which is that
    /// of their texts; behind the last endpoint it begins again.
    private static UUID lastOf(List<Delivery> batch) {
        return batch.stream()
                .map(Delivery::endpointId)
                .max(Comparator.comparing(UUID::toString))
                .orElse(FIRST);
    }

    private void notTaken(Throwable failure) {
        taking = false;
        Log.warnf("delivery poll failed, will be retried cause=%s", failure.toString());
    }

    private void deliver(Delivery delivery) {
        total++;
        underWay.merge(delivery.endpointId(), 1, Integer::sum);
        endpoints
                .attempt(delivery)
                .call(attempt -> record(delivery, attempt))
                .emitOn(this::onLoop)
                .subscribe()
                .with(_ -> finished(delivery), failure -> notRecorded(delivery, failure));
    }

    private Uni<Void> record(Delivery delivery, DeliveryAttempt attempt) {
        count(attempt);
        return addWithRetry(delivery, attempt);
    }

    /// An outcome that is known must not be lost to a hiccup of the database: the endpoint would be
    /// called once more.
    private Uni<Void> addWithRetry(Delivery delivery, DeliveryAttempt attempt) {
        return Uni.createFrom()
                .deferred(() -> attempts.add(delivery, attempt))
                .onFailure()
                .invoke(() -> metrics.counter("sendex.webhooks.outcome_retries").increment())
                .onFailure()
                .retry()
                .withBackOff(FIRST_RETRY, MAX_RETRY_INTERVAL)
                .expireIn(config.lease().toMillis());
    }

    private void count(DeliveryAttempt attempt) {
        String outcome =
                switch (attempt.result()) {
                    case DeliveryAttempt.Result.Delivered _ -> "delivered";
                    case DeliveryAttempt.Result.Refused _ -> "refused";
                    case DeliveryAttempt.Result.Gone _ -> "gone";
                    case DeliveryAttempt.Result.Failed _ -> "failed";
                };
        Timer.builder("sendex.webhooks.attempts")
                .tag("outcome", outcome)
                .register(metrics)
                .record(attempt.latency());
    }

    /// Looks for more only where there may be some: behind a limit that was reached. What becomes
    /// due otherwise is announced, or found by the poll.
    private void finished(Delivery delivery) {
        int underWayThere = underWay.getOrDefault(delivery.endpointId(), 0);
        total--;
        underWay.computeIfPresent(
                delivery.endpointId(), (_, count) -> count == 1 ? null : count - 1);
        if (backlog || announced || underWayThere >= config.concurrencyPerEndpoint()) {
            takeMore();
        }
    }

    /// It stays in the table of due ones and is delivered once more after the lease.
    private void notRecorded(Delivery delivery, Throwable failure) {
        Log.errorf(
                "recording attempt failed endpointId=%s eventId=%s cause=%s",
                delivery.endpointId(), delivery.eventId(), failure.toString());
        finished(delivery);
    }
}

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

/// Claims due deliveries up to the concurrency limit, makes the attempts and records their results.
///
/// Runs on one event loop, so its counters need no locks. Deliveries that it claimed but did not
/// finish before it stopped are due again, for any instance, when their leases expire.
@ApplicationScoped
class DeliveryDispatcher {

    private static final Duration FIRST_RETRY = Duration.ofMillis(50);
    private static final Duration MAX_RETRY_INTERVAL = Duration.ofSeconds(2);

    /// Sorts before every endpoint's id.
    private static final UUID FIRST = new UUID(0, 0);

    private final DeliveryConfig config;
    private final DeliveryStore deliveries;
    private final AttemptStore attempts;
    private final WebhookSender endpoints;
    private final MeterRegistry metrics;
    private final Vertx vertx;
    private final Context loop;
    private final Map<UUID, Integer> inFlight = new HashMap<>();
    private int total;
    private UUID lastEndpoint = FIRST;
    private boolean polling;

    /// Whether the last poll reached the limit, so that more deliveries may be due.
    private boolean backlog;

    private boolean pollAgain;
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

    /// Polls for due deliveries soon; returns at once.
    void wake() {
        loop.runOnContext(_ -> poll());
    }

    private void poll() {
        pollAgain = true;
        int capacity = config.concurrency() - total;
        if (polling || stopped || capacity == 0) {
            return;
        }
        polling = true;
        pollAgain = false;
        deliveries
                .claim(
                        config.concurrencyPerEndpoint(),
                        inFlight,
                        capacity,
                        config.lease(),
                        lastEndpoint)
                .emitOn(this::onLoop)
                .subscribe()
                .with(batch -> claimed(batch, capacity), this::pollFailed);
    }

    private void onLoop(Runnable task) {
        loop.runOnContext(_ -> task.run());
    }

    private void claimed(List<Delivery> batch, int capacity) {
        polling = false;
        backlog = batch.size() == capacity;
        batch.forEach(this::deliver);
        boolean wasAtStart = lastEndpoint.equals(FIRST);
        lastEndpoint = lastOf(batch);
        if (pollAgain || !batch.isEmpty() || !wasAtStart) {
            poll();
        }
    }

    /// The last endpoint of this batch, after which the next poll continues. PostgreSQL orders
    /// UUIDs like their texts. An empty batch means that the next poll starts from the first
    /// endpoint.
    private static UUID lastOf(List<Delivery> batch) {
        return batch.stream()
                .map(Delivery::endpointId)
                .max(Comparator.comparing(UUID::toString))
                .orElse(FIRST);
    }

    private void pollFailed(Throwable failure) {
        polling = false;
        Log.warnf("delivery poll failed, will be retried cause=%s", failure.toString());
    }

    private void deliver(Delivery delivery) {
        total++;
        inFlight.merge(delivery.endpointId(), 1, Integer::sum);
        endpoints
                .attempt(delivery)
                .call(attempt -> record(delivery, attempt))
                .emitOn(this::onLoop)
                .subscribe()
                .with(_ -> finished(delivery), failure -> recordingFailed(delivery, failure));
    }

    private Uni<Void> record(Delivery delivery, DeliveryAttempt attempt) {
        count(attempt);
        return addWithRetry(delivery, attempt);
    }

    /// Retried, because losing a known result to a short database failure would repeat the call.
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

    /// Polls only if a limit was reached, so that more may be due; otherwise a wake-up or the
    /// periodic poll finds new deliveries.
    private void finished(Delivery delivery) {
        int inFlightThere = inFlight.getOrDefault(delivery.endpointId(), 0);
        total--;
        inFlight.computeIfPresent(
                delivery.endpointId(), (_, count) -> count == 1 ? null : count - 1);
        if (backlog || pollAgain || inFlightThere >= config.concurrencyPerEndpoint()) {
            poll();
        }
    }

    /// The delivery is still in `due_delivery`, so it is attempted again after its lease.
    private void recordingFailed(Delivery delivery, Throwable failure) {
        Log.errorf(
                "recording attempt failed endpointId=%s eventId=%s cause=%s",
                delivery.endpointId(), delivery.eventId(), failure.toString());
        finished(delivery);
    }
}

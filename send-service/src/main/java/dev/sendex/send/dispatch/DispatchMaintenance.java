package dev.sendex.send.dispatch;

import dev.sendex.common.background.BackgroundTask;
import dev.sendex.send.events.SesEventsProgress;
import dev.sendex.send.ses.SesSender;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Background work of dispatch: refreshes the sending rate, reclaims emails whose leases expired,
/// and measures the queue.
@ApplicationScoped
class DispatchMaintenance {

    private static final String MEASURE =
            """
            select count(*) as depth,
                coalesce(extract(epoch from now() - min(created_at)), 0)::bigint as oldest
            from dispatch
            """;

    private static final Duration MEASURE_INTERVAL = Duration.ofSeconds(5);

    private final DispatchConfig config;
    private final DispatchQueue queue;
    private final DispatchMetrics metrics;
    private final SesEventsProgress events;
    private final SesSender ses;
    private final Pool pool;
    private final Context loop;
    private final BackgroundTask rate;
    private final BackgroundTask leases;
    private final BackgroundTask measurement;

    /// When (`System.nanoTime()`) the event consumer was first found to be caught up, as it has
    /// been in every check since; null if there are no expired leases or events are outstanding.
    private @Nullable Long caughtUpSince;

    DispatchMaintenance(
            DispatchConfig config,
            DispatchQueue queue,
            DispatchMetrics metrics,
            SesEventsProgress events,
            SesSender ses,
            Pool pool,
            Vertx vertx) {
        this.config = config;
        this.queue = queue;
        this.metrics = metrics;
        this.events = events;
        this.ses = ses;
        this.pool = pool;
        this.loop = vertx.getOrCreateContext();
        this.rate = task(vertx, this::refreshRate);
        this.leases = task(vertx, this::reclaim);
        this.measurement = task(vertx, this::measure);
    }

    void start(@Observes StartupEvent started) {
        loop.runOnContext(ignored -> {
            begin(rate, config.rateRefresh());
            begin(leases, config.pollInterval());
            begin(measurement, MEASURE_INTERVAL);
        });
    }

    void stop(@Observes ShutdownEvent stopped) {
        rate.stop();
        leases.stop();
        measurement.stop();
    }

    private static void begin(BackgroundTask task, Duration interval) {
        task.start(interval);
        task.wake();
    }

    private static BackgroundTask task(Vertx vertx, Supplier<Uni<Void>> run) {
        return new BackgroundTask(
                vertx, "dispatch maintenance", () -> run.get().replaceWith(false));
    }

    private Uni<Void> refreshRate() {
        return ses.maxSendRate()
                .chain(rate ->
                        rate > 0
                                ? queue.setRate(rate).invoke(changed -> logChange(changed, rate))
                                : Uni.createFrom().item(false))
                .replaceWithVoid();
    }

    private static void logChange(boolean changed, double rate) {
        if (changed) {
            Log.infof("sending rate changed recipientsPerSecond=%s", rate);
        }
    }

    /// The grace period runs only while the event consumer is caught up. After an outage of the
    /// database, Kafka or this service, the event that confirms a send may still be waiting in
    /// Kafka.
    private Uni<Void> reclaim() {
        return queue.hasExpiredLeases()
                .chain(expired -> expired ? events.isCaughtUp() : Uni.createFrom().item(false))
                .onFailure()
                .invoke(() -> caughtUpSince = null)
                .chain(caughtUp -> reclaimAfterGrace(caughtUp, System.nanoTime()));
    }

    private Uni<Void> reclaimAfterGrace(boolean caughtUp, long now) {
        if (!caughtUp) {
            caughtUpSince = null;
            return Uni.createFrom().voidItem();
        }
        Long since = caughtUpSince;
        if (since == null) {
            caughtUpSince = now;
            return Uni.createFrom().voidItem();
        }
        return now - since < graceAndProcessing().toNanos()
                ? Uni.createFrom().voidItem()
                : queue.reclaim().invoke(metrics::reclaimed).replaceWithVoid();
    }

    /// Includes the time it takes to apply events that arrive at the end of the grace period.
    private Duration graceAndProcessing() {
        return config.grace().plus(SesEventsProgress.PROCESSING_TIME);
    }

    private Uni<Void> measure() {
        return pool.query(MEASURE)
                .execute()
                .map(rows -> rows.iterator().next())
                .invoke(row -> metrics.queue(row.getLong("depth"), row.getLong("oldest")))
                .replaceWithVoid();
    }
}

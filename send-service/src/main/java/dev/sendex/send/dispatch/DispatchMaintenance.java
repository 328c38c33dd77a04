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

/// What dispatch needs done now and then: the rate that SES allows, emails whose leases expired,
/// and the length of the queue.
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

    /// Since when, by `System.nanoTime()`, every event was applied each time it was asked, while
    /// emails waited for theirs.
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

    /// The grace period counts only while events are read and none waits to be: an event that says
    /// that an email was sent may lie in Kafka for as long as the database, Kafka or this service
    /// was away.
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

    /// Events that came at the end of the grace period are applied only this long after it.
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

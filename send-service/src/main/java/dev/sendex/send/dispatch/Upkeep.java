package dev.sendex.send.dispatch;

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

/// What dispatch needs done now and then: the rate that SES allows, emails whose sender fell
/// silent, and a look at how long the queue is.
@ApplicationScoped
class Upkeep {

    private static final String MEASURE =
            """
            select count(*) as depth,
                coalesce(extract(epoch from now() - min(created_at)), 0)::bigint as oldest
            from dispatch
            """;

    private static final Duration MEASURE_EVERY = Duration.ofSeconds(5);

    private final DispatchConfig config;
    private final DispatchQueue queue;
    private final DispatchMetrics metrics;
    private final SesSender ses;
    private final Pool pool;
    private final Vertx vertx;
    private final Context loop;
    private volatile boolean stopping;

    Upkeep(
            DispatchConfig config,
            DispatchQueue queue,
            DispatchMetrics metrics,
            SesSender ses,
            Pool pool,
            Vertx vertx) {
        this.config = config;
        this.queue = queue;
        this.metrics = metrics;
        this.ses = ses;
        this.pool = pool;
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
    }

    void start(@Observes StartupEvent started) {
        loop.runOnContext(ignored -> {
            repeat(config.rateRefresh(), this::refreshRate);
            repeat(config.pollInterval(), this::reclaim);
            repeat(MEASURE_EVERY, this::measure);
        });
    }

    void stop(@Observes ShutdownEvent stopped) {
        stopping = true;
    }

    /// Does it now, and again each time the pause after the last time is over, whatever came of it.
    private void repeat(Duration pause, Supplier<Uni<Void>> task) {
        if (!stopping) {
            task.get()
                    .onFailure()
                    .invoke(failure ->
                            Log.warnf(
                                    "upkeep failed, will be tried again cause=%s",
                                    failure.toString()))
                    .onTermination()
                    .invoke(() -> vertx.setTimer(pause.toMillis(), id -> repeat(pause, task)))
                    .subscribe()
                    .with(done -> {}, failure -> {});
        }
    }

    private Uni<Void> refreshRate() {
        return ses.maxSendRate()
                .chain(rate ->
                        rate > 0
                                ? queue.setRate(rate).invoke(changed -> tell(changed, rate))
                                : Uni.createFrom().item(false))
                .replaceWithVoid();
    }

    private static void tell(boolean changed, double rate) {
        if (changed) {
            Log.infof("sending rate changed recipientsPerSecond=%s", rate);
        }
    }

    private Uni<Void> reclaim() {
        return queue.reclaim().invoke(metrics::reclaimed).replaceWithVoid();
    }

    private Uni<Void> measure() {
        return pool.query(MEASURE)
                .execute()
                .map(rows -> rows.iterator().next())
                .invoke(row -> metrics.queue(row.getLong("depth"), row.getLong("oldest")))
                .replaceWithVoid();
    }
}

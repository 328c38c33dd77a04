package dev.sendex.key.usage;

import static dev.sendex.key.usage.UsageStore.time;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/// Removes what need not be kept any more, a few rows at a time. Several instances may do so at
/// once; none waits for another.
@ApplicationScoped
class UsageRetention {

    private static final int AT_A_TIME = 2_000;
    private static final Duration LONGEST_BURST = Duration.ofHours(2);
    private static final Duration MARGIN = Duration.ofHours(1);
    private static final String REMOVE_HOURS =
            """
            delete from key_usage where ctid = any(array(
                select ctid from key_usage where hour < $1 limit $2 for update skip locked))
            """;
    private static final String REMOVE_RECORDS =
            """
            delete from usage_record where ctid = any(array(
                select ctid from usage_record where taken_at < $1 limit $2 for update skip locked))
            """;
    private static final String REMOVE_REFUSALS =
            """
            delete from key_refusal where ctid = any(array(
                select ctid from key_refusal where minute < $1 limit $2 for update skip locked))
            """;

    private final UsageConfig config;
    private final Pool pool;
    private final Vertx vertx;
    private final Clock clock;
    private final AtomicBoolean running = new AtomicBoolean();
    private long timer = -1;

    UsageRetention(UsageConfig config, Pool pool, Vertx vertx, Clock clock) {
        this.config = config;
        this.pool = pool;
        this.vertx = vertx;
        this.clock = clock;
    }

    void start(@Observes StartupEvent started) {
        timer = vertx.setPeriodic(config.cleaningInterval().toMillis(), id -> clean());
    }

    void stop(@Observes ShutdownEvent stopped) {
        vertx.cancelTimer(timer);
    }

    private void clean() {
        if (running.compareAndSet(false, true)) {
            removeAll().subscribe().with(_ -> running.set(false), this::warn);
        }
    }

    private void warn(Throwable failure) {
        running.set(false);
        Log.warnf("old usage not removed, will be tried again cause=%s", failure.toString());
    }

    private Uni<Void> removeAll() {
        Instant now = clock.instant();
        return remove(REMOVE_HOURS, now.minus(config.hours()))
                .chain(() -> remove(REMOVE_RECORDS, now.minus(config.records().plus(MARGIN))))
                .chain(() -> remove(REMOVE_REFUSALS, now.minus(LONGEST_BURST)));
    }

    private Uni<Void> remove(String statement, Instant before) {
        return pool.preparedQuery(statement)
                .execute(Tuple.of(time(before), AT_A_TIME))
                .map(SqlResult::rowCount)
                .chain(removed ->
                        removed < AT_A_TIME
                                ? Uni.createFrom().voidItem()
                                : remove(statement, before));
    }
}

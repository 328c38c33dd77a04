package dev.sendex.key.retention;

import dev.sendex.common.background.BackgroundTask;
import io.quarkus.arc.All;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/// Deletes expired rows in batches. Correctness does not depend on it. Several instances may run it
/// concurrently without blocking each other.
@ApplicationScoped
class Retention {

    private static final int BATCH_SIZE = 2_000;
    private final List<ExpiredRows> expiredRows;
    private final RetentionConfig config;
    private final Pool pool;
    private final BackgroundTask task;

    Retention(@All List<ExpiredRows> expiredRows, RetentionConfig config, Pool pool, Vertx vertx) {
        this.expiredRows = expiredRows;
        this.config = config;
        this.pool = pool;
        this.task = new BackgroundTask(vertx, "removing expired rows", this::removeAll);
    }

    void start(@Observes StartupEvent started) {
        task.start(config.interval());
    }

    void stop(@Observes ShutdownEvent stopped) {
        task.stop();
    }

    private Uni<Boolean> removeAll() {
        return Multi.createFrom()
                .iterable(expiredRows)
                .onItem()
                .transformToUniAndConcatenate(rows ->
                        remove(rows)
                                .onFailure()
                                .recoverWithItem(failure -> logFailure(rows, failure)))
                .collect()
                .last()
                .replaceWith(false);
    }

    private Uni<Integer> remove(ExpiredRows rows) {
        String statement =
                """
                delete from %1$s where ctid = any(array(
                    select ctid from %1$s where %2$s < now() - $1::bigint * interval '1 second'
                    limit $2 for update skip locked))
                """
                        .formatted(rows.table(), rows.expiredAt());
        return pool.preparedQuery(statement)
                .execute(Tuple.of(rows.retention().toSeconds(), BATCH_SIZE))
                .map(SqlResult::rowCount)
                .chain(removed ->
                        removed < BATCH_SIZE ? Uni.createFrom().item(removed) : remove(rows));
    }

    private static int logFailure(ExpiredRows rows, Throwable failure) {
        Log.warnf(
                "removing expired rows failed, will be retried table=%s cause=%s",
                rows.table(), failure.toString());
        return 0;
    }
}

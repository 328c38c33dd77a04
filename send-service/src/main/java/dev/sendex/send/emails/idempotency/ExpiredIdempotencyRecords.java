package dev.sendex.send.emails.idempotency;

import dev.sendex.common.background.BackgroundTask;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/// Deletes expired idempotency records in batches. Correctness does not depend on it, since expired
/// records are ignored.
@ApplicationScoped
class ExpiredIdempotencyRecords {

    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final int BATCH_SIZE = 5_000;
    private static final String REMOVE =
            """
            delete from idempotency_key where (account_id, environment, key) in (
                select account_id, environment, key from idempotency_key
                where expires_at <= now()
                limit $1
                for update skip locked)
            """;

    private final Pool pool;
    private final BackgroundTask task;

    ExpiredIdempotencyRecords(Pool pool, Vertx vertx) {
        this.pool = pool;
        this.task = new BackgroundTask(vertx, "removing idempotency records", this::remove);
    }

    void start(@Observes StartupEvent started) {
        task.start(INTERVAL);
    }

    void stop(@Observes ShutdownEvent stopped) {
        task.stop();
    }

    /// @return whether there may be more
    private Uni<Boolean> remove() {
        return pool.preparedQuery(REMOVE)
                .execute(Tuple.of(BATCH_SIZE))
                .map(RowSet::rowCount)
                .invoke(removed -> Log.debugf("idempotency records removed count=%d", removed))
                .map(removed -> removed == BATCH_SIZE);
    }
}

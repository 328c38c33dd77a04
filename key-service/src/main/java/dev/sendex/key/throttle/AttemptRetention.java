package dev.sendex.key.throttle;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/// Removes counts whose window is over, a few at a time; whether an attempt is admitted does not
/// depend on it.
@ApplicationScoped
class AttemptRetention {

    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final String REMOVE =
            """
            delete from attempt where subject = any(array(
                select subject from attempt where window_ends_at < now()
                limit 5000 for update skip locked))
            """;

    private final Pool pool;
    private final Vertx vertx;
    private volatile long timer = -1;

    AttemptRetention(Pool pool, Vertx vertx) {
        this.pool = pool;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent started) {
        timer = vertx.setPeriodic(EVERY.toMillis(), _ -> remove());
    }

    void stop(@Observes ShutdownEvent stopped) {
        vertx.cancelTimer(timer);
    }

    private void remove() {
        pool.query(REMOVE)
                .execute()
                .subscribe()
                .with(
                        removed -> Log.debugf("attempts removed count=%d", removed.rowCount()),
                        failure ->
                                Log.warnf("old attempts not removed cause=%s", failure.toString()));
    }
}

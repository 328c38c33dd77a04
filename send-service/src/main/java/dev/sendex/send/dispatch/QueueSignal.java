package dev.sendex.send.dispatch;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.pgclient.PgConnection;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Wakes the other instances, by `NOTIFY`, when the queue has more emails than this one can claim.
/// At most twenty times a second, and never inside the transaction that accepts an email, since
/// `NOTIFY` serializes commits.
@ApplicationScoped
class QueueSignal {

    private static final String CHANNEL = "sendex_dispatch";
    private static final Duration RECONNECT_INTERVAL = Duration.ofSeconds(2);
    private static final Duration DEBOUNCE = Duration.ofMillis(50);

    private final Pool pool;
    private final Vertx vertx;
    private volatile boolean stopping;
    private volatile boolean debouncing;
    private volatile @Nullable PgConnection connection;

    QueueSignal(Pool pool, Vertx vertx) {
        this.pool = pool;
        this.vertx = vertx;
    }

    /// Runs `wake` on every signal. Reconnects when the connection is lost; regular polling covers
    /// the gaps.
    void onWake(Runnable wake) {
        pool.getConnection()
                .map(PgConnection::cast)
                .call(listening -> listen(listening, wake))
                .subscribe()
                .with(
                        listening -> connection = listening,
                        failure -> {
                            Log.warnf("listening for wake-ups failed cause=%s", failure);
                            listenLater(wake);
                        });
    }

    void wakeOtherInstances() {
        if (debouncing) {
            return;
        }
        debouncing = true;
        vertx.setTimer(DEBOUNCE.toMillis(), id -> debouncing = false);
        pool.query("notify " + CHANNEL)
                .execute()
                .subscribe()
                .with(
                        done -> {},
                        failure ->
                                Log.debugf(
                                        "waking other instances failed cause=%s",
                                        failure.toString()));
    }

    private Uni<Void> listen(PgConnection listening, Runnable wake) {
        listening.notificationHandler(notification -> wake.run());
        return listening
                .query("listen " + CHANNEL)
                .execute()
                .invoke(() -> listening.closeHandler(() -> listenLater(wake)))
                .onFailure()
                .call(listening::close)
                .replaceWithVoid();
    }

    private void listenLater(Runnable wake) {
        if (!stopping) {
            vertx.setTimer(RECONNECT_INTERVAL.toMillis(), id -> onWake(wake));
        }
    }

    void stop(@Observes ShutdownEvent stopped) {
        stopping = true;
        PgConnection listening = connection;
        if (listening != null) {
            listening.closeAndForget();
        }
    }
}

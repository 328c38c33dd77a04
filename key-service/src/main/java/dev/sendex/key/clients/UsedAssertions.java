package dev.sendex.key.clients;

import dev.sendex.key.clients.ClientAssertions.Verified;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// Lets every assertion count once, whichever instance it is sent to. What has expired is removed a
/// few at a time; correctness does not wait for it.
@ApplicationScoped
class UsedAssertions {

    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final int AT_MOST = 5_000;
    private static final String USE =
            """
            insert into used_client_assertion (client_id, jti_hash, expires_at)
            values ($1, $2, $3)
            on conflict (client_id, jti_hash) do update set expires_at = excluded.expires_at
            where used_client_assertion.expires_at < $4
            """;
    private static final String REMOVE =
            """
            delete from used_client_assertion where (client_id, jti_hash) in (
                select client_id, jti_hash from used_client_assertion
                where expires_at < $1
                limit $2
                for update skip locked)
            """;

    private final Pool pool;
    private final Vertx vertx;
    private final Clock clock;
    private volatile long timer = -1;

    UsedAssertions(Pool pool, Vertx vertx, Clock clock) {
        this.pool = pool;
        this.vertx = vertx;
        this.clock = clock;
    }

    void start(@Observes StartupEvent started) {
        timer = vertx.setPeriodic(EVERY.toMillis(), _ -> removeExpired());
    }

    void stop(@Observes ShutdownEvent stopped) {
        vertx.cancelTimer(timer);
    }

    /// Whether this is its first use.
    Uni<Boolean> use(Verified assertion) {
        return pool.preparedQuery(USE)
                .execute(
                        Tuple.of(
                                assertion.server().clientId(),
                                Buffer.buffer(sha256(assertion.id())),
                                assertion.rememberUntil().atOffset(ZoneOffset.UTC),
                                now()))
                .map(rows -> rows.rowCount() == 1);
    }

    private void removeExpired() {
        pool.preparedQuery(REMOVE)
                .execute(Tuple.of(now(), AT_MOST))
                .map(RowSet::rowCount)
                .subscribe()
                .with(
                        removed -> Log.debugf("used assertions removed count=%d", removed),
                        failure ->
                                Log.warnf(
                                        "used assertions not removed cause=%s",
                                        failure.toString()));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

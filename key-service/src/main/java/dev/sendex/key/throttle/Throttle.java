package dev.sendex.key.throttle;

import static dev.sendex.common.problem.Problem.RATE_LIMIT_EXCEEDED;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/// Admits attempts at something secret. They are counted before they are made, in one statement, so
/// that many at once are no way around; one that succeeds takes its count back. Whether there is
/// anything to guess at plays no part.
@ApplicationScoped
public class Throttle {

    /// Both rows are always locked in the order subject, client: no deadlock.
    private static final String COUNT =
            """
            insert into attempt as known (subject, window_ends_at, used)
            values ($1, now() + $3 * interval '1 second', 1),
                ($2, now() + $3 * interval '1 second', 1)
            on conflict (subject) do update set
                used = case when known.window_ends_at <= now() then 1 else known.used + 1 end,
                window_ends_at = case when known.window_ends_at <= now()
                    then excluded.window_ends_at else known.window_ends_at end
            returning used, subject = $1 as of_subject,
                ceil(extract(epoch from window_ends_at - now()))::integer as seconds
            """;

    private static final String TAKE_BACK =
            """
            insert into attempt as known (subject, window_ends_at, used)
            values ($1, now(), 0), ($2, now(), 0)
            on conflict (subject) do update set
                used = case when $3 and known.subject = $1 then 0 else greatest(known.used - 1, 0) end
            """;

    private final Pool pool;
    private final ThrottleConfig config;

    Throttle(Pool pool, ThrottleConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /// Counts the attempt.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `rate_limit_exceeded` where there were
    ///   too many
    public Uni<Void> admit(Attempt attempt) {
        return pool.preparedQuery(COUNT)
                .execute(
                        Tuple.of(
                                Buffer.buffer(attempt.subjectHash()),
                                Buffer.buffer(attempt.clientHash()),
                                config.window().toSeconds()))
                .invoke(this::refuseTooMany)
                .replaceWithVoid();
    }

    /// Says that the attempt was right: its subject starts anew, and the client is not held to
    /// account for it.
    public Uni<Void> succeeded(Attempt attempt) {
        return takeBack(attempt, true);
    }

    /// Says that the attempt was none, since nothing was guessed at: it counts for nobody, and what
    /// was counted before it stands.
    public Uni<Void> cameToNothing(Attempt attempt) {
        return takeBack(attempt, false);
    }

    private Uni<Void> takeBack(Attempt attempt, boolean startsAnew) {
        return pool.preparedQuery(TAKE_BACK)
                .execute(
                        Tuple.of(
                                Buffer.buffer(attempt.subjectHash()),
                                Buffer.buffer(attempt.clientHash()),
                                startsAnew))
                .replaceWithVoid();
    }

    private void refuseTooMany(RowSet<Row> counts) {
        int wait = 0;
        for (Row count : counts) {
            int limit = count.getBoolean("of_subject") ? config.perSubject() : config.perClient();
            if (count.getInteger("used") > limit) {
                wait = Math.max(wait, count.getInteger("seconds"));
            }
        }
        if (wait > 0) {
            throw RATE_LIMIT_EXCEEDED.retryAfter(
                    Duration.ofSeconds(wait),
                    "There were too many failed attempts. Try again in %d seconds."
                            .formatted(wait));
        }
    }
}

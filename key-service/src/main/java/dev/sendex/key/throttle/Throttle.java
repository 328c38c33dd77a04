package dev.sendex.key.throttle;

import static dev.sendex.common.problem.Problem.RATE_LIMIT_EXCEEDED;

import dev.sendex.common.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/// Limits attempts to guess secrets. An attempt is counted before it is made, in one statement, so
/// that concurrent attempts cannot bypass the limit. A successful one is not counted in the end.
/// Whether the subject exists makes no difference.
///
/// A low limit applies to each pair of network and subject, so that somebody who guesses locks out
/// themselves and not the subject. A higher limit applies to all attempts on the subject and stops
/// guessing from many networks; known devices of the subject are exempt from it.
@ApplicationScoped
public class Throttle {

    /// An attempt that exceeds one limit does not count against the next one, so that one network
    /// cannot use up the subject's limit. Rows are locked in the order pair, client, subject, which
    /// prevents deadlocks.
    private static final String COUNT =
            """
            with of_pair as (
                insert into attempt as known (subject, window_ends_at, used)
                values ($1, now() + $4 * interval '1 second', 1)
                %1$s
            ), of_client as (
                insert into attempt as known (subject, window_ends_at, used)
                select $2, now() + $4 * interval '1 second', 1 from of_pair where used <= $5 and $7
                %1$s
            ), of_subject as (
                insert into attempt as known (subject, window_ends_at, used)
                select $3, now() + $4 * interval '1 second', 1 from of_client where used <= $6
                %1$s
            )
            select 'pair' as what, used, seconds from of_pair
            union all select 'client', used, seconds from of_client
            union all select 'subject', used, seconds from of_subject
            """
                    .formatted(
                            """
                            on conflict (subject) do update set
                                used = case when known.window_ends_at <= now()
                                    then 1 else known.used + 1 end,
                                window_ends_at = case when known.window_ends_at <= now()
                                    then excluded.window_ends_at else known.window_ends_at end
                            returning used,
                                ceil(extract(epoch from window_ends_at - now()))::integer as seconds\
                            """);

    private static final String UNCOUNT =
            """
            insert into attempt as known (subject, window_ends_at, used)
            select subject, now(), 0
            from unnest($1::bytea[]) with ordinality as counted (subject, place) order by place
            on conflict (subject) do update set
                used = case when $2 and known.subject = $3 then 0 else greatest(known.used - 1, 0) end
            """;

    private final Pool pool;
    private final ThrottleConfig config;

    Throttle(Pool pool, ThrottleConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /// Counts the attempt and refuses it if any limit is exceeded.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `rate_limit_exceeded` if there were too
    ///   many
    public Uni<Void> admit(Attempt attempt) {
        return count(attempt).invoke(Counts::requireBoth).replaceWithVoid();
    }

    /// Counts the attempt. The caller decides whether to refuse it.
    public Uni<Counts> count(Attempt attempt) {
        return pool.preparedQuery(COUNT)
                .execute(
                        Tuple.of(
                                        Buffer.buffer(attempt.pairHash()),
                                        Buffer.buffer(attempt.clientHash()),
                                        Buffer.buffer(attempt.subjectHash()),
                                        config.window().toSeconds(),
                                        config.perSubjectAndClient(),
                                        config.perClient())
                                .addBoolean(attempt.device() == null))
                .map(counted -> counts(counted, subjectLimit(attempt)));
    }

    /// Call it after a successful attempt: resets the count of the pair and removes this attempt
    /// from the counts of the client and the subject.
    public Uni<Void> succeeded(Attempt attempt) {
        return uncount(attempt, true);
    }

    /// Call it if nothing was guessed: removes this attempt from all counts and resets none.
    public Uni<Void> cancelled(Attempt attempt) {
        return uncount(attempt, false);
    }

    private Uni<Void> uncount(Attempt attempt, boolean reset) {
        Buffer pair = Buffer.buffer(attempt.pairHash());
        Buffer[] counted =
                attempt.device() == null
                        ? new Buffer[] {
                            pair,
                            Buffer.buffer(attempt.clientHash()),
                            Buffer.buffer(attempt.subjectHash())
                        }
                        : new Buffer[] {pair};
        return pool.preparedQuery(UNCOUNT)
                .execute(Tuple.of(counted, reset, pair))
                .replaceWithVoid();
    }

    private int subjectLimit(Attempt attempt) {
        return switch (attempt.bound()) {
            case ANYONE -> config.perSubject();
            case SIGNED_IN -> config.perSubjectAndClient();
            case MAIL -> config.mailsPerSubject();
        };
    }

    private Counts counts(RowSet<Row> counted, int perSubject) {
        int clientWait = 0;
        int subjectWait = 0;
        boolean reached = false;
        for (Row row : counted) {
            int used = row.getInteger("used");
            int seconds = row.getInteger("seconds");
            switch (row.getString("what")) {
                case "pair" ->
                        clientWait = used > config.perSubjectAndClient() ? seconds : clientWait;
                case "client" -> clientWait = used > config.perClient() ? seconds : clientWait;
                default -> {
                    subjectWait = used > perSubject ? seconds : 0;
                    reached = used == perSubject + 1;
                }
            }
        }
        return new Counts(clientWait, subjectWait, reached);
    }

    /// The state of the limits after an attempt.
    ///
    /// @param clientWait how many seconds the client must wait, 0 for none
    /// @param subjectWait how many seconds unknown devices must wait for this subject, 0 for none
    /// @param reached whether this attempt is the first in its window over the subject's limit
    public record Counts(int clientWait, int subjectWait, boolean reached) {

        /// Refuses the attempt if the client made too many.
        public void requireClient() {
            if (clientWait > 0) {
                throw refusal();
            }
        }

        /// Whether there were too many attempts on the subject from all networks.
        public boolean isSubjectClosed() {
            return subjectWait > 0;
        }

        public void requireBoth() {
            if (clientWait > 0 || isSubjectClosed()) {
                throw refusal();
            }
        }

        /// The response if a limit is exceeded. It does not say which.
        public ProblemException refusal() {
            int wait = Math.max(clientWait, subjectWait);
            return RATE_LIMIT_EXCEEDED.retryAfter(
                    Duration.ofSeconds(wait),
                    "There were too many failed attempts. Try again in %d seconds."
                            .formatted(wait));
        }
    }
}

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

/// Admits attempts at something secret. They are counted before they are made, in one statement, so
/// that many at once are no way around; one that succeeds takes its count back. Whether there is
/// anything to guess at plays no part.
///
/// The low bound is on one network's attempts on one subject, so that whoever guesses stops
/// themselves and not the subject. A higher one on all attempts on the subject stops guessing from
/// many networks; a device that the subject is known by is beyond its reach.
@ApplicationScoped
public class Throttle {

    /// What a bound stops is not counted any further: one network uses up no more of the subject's
    /// bound than its own. All lock in the order pair, client, subject: no deadlock.
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

    private static final String TAKE_BACK =
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

    /// Counts the attempt, and refuses it beyond any bound.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `rate_limit_exceeded` where there were
    ///   too many
    public Uni<Void> admit(Attempt attempt) {
        return count(attempt).invoke(Counts::requireBoth).replaceWithVoid();
    }

    /// Counts the attempt; the caller refuses it by what comes of it.
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
                .map(counted -> counts(counted, bound(attempt)));
    }

    /// Says that the attempt was right: whoever made it starts anew, and neither their network nor
    /// the subject is held to account for it.
    public Uni<Void> succeeded(Attempt attempt) {
        return takeBack(attempt, true);
    }

    /// Says that the attempt was none, since nothing was guessed at: it counts for nobody, and what
    /// was counted before it stands.
    public Uni<Void> cameToNothing(Attempt attempt) {
        return takeBack(attempt, false);
    }

    private Uni<Void> takeBack(Attempt attempt, boolean startsAnew) {
        Buffer pair = Buffer.buffer(attempt.pairHash());
        Buffer[] counted =
                attempt.device() == null
                        ? new Buffer[] {
                            pair,
                            Buffer.buffer(attempt.clientHash()),
                            Buffer.buffer(attempt.subjectHash())
                        }
                        : new Buffer[] {pair};
        return pool.preparedQuery(TAKE_BACK)
                .execute(Tuple.of(counted, startsAnew, pair))
                .replaceWithVoid();
    }

    private int bound(Attempt attempt) {
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

    /// How an attempt stands against the bounds.
    ///
    /// @param clientWait how many seconds whoever attempts has to wait, 0 for not at all
    /// @param subjectWait how many seconds everybody who is not known has to wait for this subject
    /// @param reached whether this is the attempt, one in a window, that found the subject's bound
    ///   reached
    public record Counts(int clientWait, int subjectWait, boolean reached) {

        /// Refuses an attempt of somebody who made too many.
        public void requireClient() {
            if (clientWait > 0) {
                throw refusal();
            }
        }

        /// Whether there were too many attempts on the subject, whoever made them.
        public boolean isSubjectClosed() {
            return subjectWait > 0;
        }

        public void requireBoth() {
            if (clientWait > 0 || isSubjectClosed()) {
                throw refusal();
            }
        }

        /// The answer to an attempt beyond a bound; it does not say which.
        public ProblemException refusal() {
            int wait = Math.max(clientWait, subjectWait);
            return RATE_LIMIT_EXCEEDED.retryAfter(
                    Duration.ofSeconds(wait),
                    "There were too many failed attempts. Try again in %d seconds."
                            .formatted(wait));
        }
    }
}

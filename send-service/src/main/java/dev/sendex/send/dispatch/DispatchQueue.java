package dev.sendex.send.dispatch;

import dev.sendex.common.runtime.Ids;
import dev.sendex.common.token.Environment;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// The queue of emails to send, and the rate limit that all instances share. Uses the database's
/// clock only.
@ApplicationScoped
class DispatchQueue {

    /// Claims due emails round-robin over the accounts that have any, so that one account's backlog
    /// does not delay another's emails. Starts after the account served last and steps from account
    /// to account by index. Claims as many as the limit, the bytes and the rate limit's tokens
    /// allow, and withdraws those tokens in the same statement.
    private static final String CLAIM =
            """
            with recursive account (account_id, wrapped, number) as (
                select $7::uuid, false, 0
                union all
                select n.account_id, n.wrapped, a.number + 1
                from account a cross join lateral (
                    (select d.account_id, a.wrapped from dispatch d
                    where d.state = 'waiting' and d.environment = $6 and d.account_id > a.account_id
                        and (not a.wrapped or d.account_id <= $7)
                    order by d.account_id limit 1)
                    union all
                    (select d.account_id, true from dispatch d
                    where d.state = 'waiting' and d.environment = $6 and not a.wrapped
                        and d.account_id <= $7
                    order by d.account_id limit 1)
                    limit 1
                ) n
                where a.number < 1000
            ), share as (
                select ceil($1::float8 / nullif(max(number), 0))::int as emails from account
            ), due as (
                select d.*, a.number
                from account a cross join share s cross join lateral (
                    select account_id, email_id, recipients, size_bytes, due_at from dispatch
                    where state = 'waiting' and environment = $6 and account_id = a.account_id
                        and due_at <= now()
                    order by due_at, email_id
                    limit s.emails
                    for update skip locked
                ) d
                where a.number > 0
                limit 2 * $1
            ), turn as (
                select *, row_number() over (partition by account_id order by due_at, email_id) as turn
                from due
            ), queued as (
                select *, sum(recipients) over w - recipients as recipients_before,
                    sum(size_bytes) over w - size_bytes as bytes_before, row_number() over w as place
                from turn
                window w as (order by turn, number)
            ), bucket as (
                %s
            ), chosen as (
                select q.* from queued q, bucket b
                where q.place <= $1 and q.bytes_before < $2 and q.recipients_before + 1 <= b.available
            ), claimed as (
                update dispatch d
                set state = 'sending', attempts = attempts + 1, claim = $3,
                    leased_until = now() + $4::bigint * interval '1 millisecond'
                from chosen c
                where d.account_id = c.account_id and d.email_id = c.email_id
                returning d.account_id, d.email_id, d.attempts, d.unanswered, d.size_bytes, c.place
            )%s
            select c.*, b.rate,
                b.available - coalesce((select sum(recipients) from chosen), 0) as available,
                (select count(*) from due) > (select count(*) from chosen) as left_due,
                (select max(number) from account) >= 1000
                    or coalesce((select max(turn) from turn) >= (select emails from share), false)
                    as not_visited,
                (select account_id from account order by number desc limit 1) as last_seen
            from (select) one left join bucket b on true left join claimed c on true
            order by c.place
            """;

    /// The lock on the token bucket's row serializes the instances. One token is enough to send an
    /// email; one with more recipients makes the balance negative, and later emails wait until it
    /// is positive again.
    private static final String CLAIM_LIVE =
            CLAIM.formatted(
                    """
                    select recipients_per_second as rate, clock_timestamp() as time,
                        least(
                            greatest(1, recipients_per_second * $5::float8),
                            available + recipients_per_second
                                * greatest(0, extract(epoch from clock_timestamp() - refilled_at))
                        ) as available
                    from send_rate
                    where id = 1 and exists (select from due)
                    for update
                    """,
                    """
                    , paid as (
                        update send_rate s
                        set available = b.available - (select sum(recipients) from chosen),
                            refilled_at = b.time
                        from bucket b
                        where s.id = 1 and exists (select from chosen)
                    )
                    """);

    /// Test emails never reach SES, so its rate does not apply to them.
    private static final String CLAIM_TEST =
            CLAIM.formatted(
                    "select $5::float8 as rate, 1e9::float8 as available where exists (select from due)",
                    "");

    /// Requeues emails of unknown outcome for which no event arrived in the grace period.
    private static final String RECLAIM =
            """
            update dispatch
            set state = 'waiting', due_at = now(), claim = null, leased_until = null,
                unanswered = unanswered + 1
            where state = 'sending' and leased_until < now() - $1::bigint * interval '1 millisecond'
            """;

    private static final String HAS_EXPIRED_LEASES =
            "select exists (select from dispatch where state = 'sending' and leased_until < now())";

    private static final String END_PAUSES =
            """
            update dispatch set due_at = now()
            where state = 'waiting' and environment = 'live' and attempts > 0 and due_at > now()
            """;

    private static final String RETRY =
            """
            update dispatch
            set state = 'waiting', claim = null, leased_until = null,
                due_at = now() + $4::bigint * interval '1 millisecond', attempts = attempts - $5::smallint
            where account_id = $1 and email_id = $2 and claim = $3
            """;

    private static final String EXPIRE_LEASE =
            """
            update dispatch set leased_until = now()
            where account_id = $1 and email_id = $2 and claim = $3
            """;

    private static final String PAUSE =
            """
            update send_rate
            set available = least(available, - recipients_per_second * $1::double precision),
                refilled_at = clock_timestamp()
            where id = 1
            """;

    private static final String DRAW_TOKENS =
            """
            with bucket as (
                select clock_timestamp() as time,
                    least(
                        greatest(1, recipients_per_second * $2::float8),
                        available + recipients_per_second
                            * greatest(0, extract(epoch from clock_timestamp() - refilled_at))
                    ) as available
                from send_rate
                where id = 1
                for update
            ), drawn as (
                select greatest(0, least($1::bigint, floor(available)))::bigint as tokens from bucket
            )
            update send_rate
            set available = bucket.available - drawn.tokens, refilled_at = bucket.time
            from bucket, drawn
            where id = 1
            returning drawn.tokens
            """;

    private static final String SET_RATE =
            "update send_rate set recipients_per_second = $1 where id = 1 and recipients_per_second <> $1";

    private final Pool pool;
    private final Ids ids;
    private final DispatchConfig config;

    DispatchQueue(Pool pool, Ids ids, DispatchConfig config) {
        this.pool = pool;
        this.ids = ids;
        this.config = config;
    }

    /// Claims due emails.
    ///
    /// @param limit the maximum number of emails
    /// @param bytes the maximum total size; the first email may exceed it
    /// @param after the account after which to start, which is [Batch#last()] of the previous batch
    Uni<Batch> claim(Environment environment, int limit, long bytes, UUID after) {
        UUID number = ids.next();
        Tuple parameters =
                Tuple.tuple()
                        .addInteger(limit)
                        .addLong(bytes)
                        .addUUID(number)
                        .addLong(config.lease().toMillis())
                        .addDouble(seconds(config.burst()))
                        .addString(environment.value())
                        .addUUID(after);
        return pool.preparedQuery(environment == Environment.LIVE ? CLAIM_LIVE : CLAIM_TEST)
                .execute(parameters)
                .map(rows -> batch(number, rows, after));
    }

    /// Whether a lease has expired before its email's outcome was recorded.
    Uni<Boolean> hasExpiredLeases() {
        return pool.query(HAS_EXPIRED_LEASES)
                .execute()
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /// Ends the retry delay of all live emails, so that they are due now.
    Uni<Void> endPauses() {
        return pool.query(END_PAUSES).execute().replaceWithVoid();
    }

    /// Requeues the emails of unknown outcome whose grace period is over.
    ///
    /// @return the number of emails requeued
    Uni<Integer> reclaim() {
        return pool.preparedQuery(RECLAIM)
                .execute(Tuple.of(config.grace().toMillis()))
                .map(RowSet::rowCount);
    }

    /// Requeues an email that SES did not accept.
    Uni<Void> retry(Claim claim, Duration pause) {
        return requeue(claim, pause, 0);
    }

    /// Requeues an email without counting this attempt.
    Uni<Void> requeue(Claim claim, Duration pause) {
        return requeue(claim, pause, 1);
    }

    /// Expires the lease at once, which starts the grace period.
    Uni<Void> expireLease(Claim claim) {
        return pool.preparedQuery(EXPIRE_LEASE)
                .execute(Tuple.of(claim.accountId(), claim.emailId(), claim.number()))
                .replaceWithVoid();
    }

    /// Takes tokens out of the bucket.
    ///
    /// @return how many there were, at most as many as wanted
    Uni<Long> drawTokens(long wanted) {
        return pool.preparedQuery(DRAW_TOKENS)
                .execute(Tuple.of(wanted, seconds(config.burst())))
                .map(rows -> rows.iterator().next().getLong("tokens"));
    }

    /// Pauses sending on all instances.
    Uni<Void> pause(Duration pause) {
        return pool.preparedQuery(PAUSE).execute(Tuple.of(seconds(pause))).replaceWithVoid();
    }

    /// Sets the rate, in recipients per second.
    Uni<Boolean> setRate(double recipientsPerSecond) {
        return pool.preparedQuery(SET_RATE)
                .execute(Tuple.of(recipientsPerSecond))
                .map(answer -> answer.rowCount() > 0);
    }

    private Uni<Void> requeue(Claim claim, Duration pause, int uncounted) {
        return pool.preparedQuery(RETRY)
                .execute(
                        Tuple.of(
                                claim.accountId(),
                                claim.emailId(),
                                claim.number(),
                                pause.toMillis(),
                                uncounted))
                .replaceWithVoid();
    }

    private static Batch batch(UUID number, RowSet<Row> rows, UUID after) {
        List<Claim> claims = new ArrayList<>();
        for (Row row : rows) {
            if (row.getUUID("email_id") != null) {
                claims.add(Claim.of(number, row));
            }
        }
        Row any = rows.iterator().next();
        boolean leftDue = any.getBoolean("left_due");
        double missingTokens = leftDue ? 1 - any.getDouble("available") : 0;
        double pause = missingTokens <= 0 ? 0 : missingTokens / any.getDouble("rate");
        return new Batch(
                claims,
                leftDue || any.getBoolean("not_visited"),
                Duration.ofNanos(Math.round(pause * 1_000_000_000)),
                next(claims, leftDue, any.getUUID("last_seen"), after));
    }

    /// If due emails are left, the next claim continues after the account of the last email
    /// claimed.
    private static UUID next(List<Claim> claims, boolean leftDue, UUID lastSeen, UUID after) {
        if (!leftDue) {
            return lastSeen;
        }
        return claims.isEmpty() ? after : claims.getLast().accountId();
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /// The result of one claim.
    ///
    /// @param more whether there may be more due emails
    /// @param pause how long to wait until the sending rate allows another email
    /// @param last the account after which the next claim starts
    record Batch(List<Claim> claims, boolean more, Duration pause, UUID last) {

        Batch {
            claims = List.copyOf(claims);
        }
    }
}

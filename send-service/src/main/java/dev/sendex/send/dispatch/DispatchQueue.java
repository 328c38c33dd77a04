package dev.sendex.send.dispatch;

import dev.sendex.common.runtime.Ids;
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

/// The emails that wait to be sent, and the rate at which all instances together may send them.
/// Time is the database's.
@ApplicationScoped
class DispatchQueue {

    /// Takes as many due emails as fit the room and the token bucket, and pays for them, in one
    /// statement. The bucket's row lets one instance after the other do so. A token must be there
    /// for an email to go; one with many recipients then leaves a debt, which those after it wait
    /// for.
    private static final String CLAIM =
            """
            with bucket as (
                select recipients_per_second as rate, clock_timestamp() as time,
                    least(
                        greatest(1, recipients_per_second * $5::double precision),
                        available + recipients_per_second
                            * greatest(0, extract(epoch from clock_timestamp() - refilled_at))
                    ) as available
                from send_rate
                where id = 1 and exists (
                    select from dispatch where state = 'waiting' and due_at <= now())
                for update
            ), due as (
                select account_id, email_id, recipients, size_bytes, due_at
                from dispatch
                where state = 'waiting' and due_at <= now()
                order by due_at, email_id
                limit $1
                for update skip locked
            ), queued as (
                select account_id, email_id, recipients,
                    sum(recipients) over w - recipients as recipients_before,
                    sum(size_bytes) over w - size_bytes as bytes_before
                from due
                window w as (order by due_at, email_id)
            ), chosen as (
                select account_id, email_id, queued.recipients
                from queued, bucket
                where recipients_before + 1 <= available and bytes_before < $2
            ), claimed as (
                update dispatch d
                set state = 'sending', attempts = attempts + 1, claim = $3,
                    leased_until = now() + $4::bigint * interval '1 millisecond'
                from chosen c
                where d.account_id = c.account_id and d.email_id = c.email_id
                returning d.account_id, d.email_id, d.attempts, d.unanswered, d.size_bytes
            ), paid as (
                update send_rate s
                set available = b.available - (select sum(recipients) from chosen),
                    refilled_at = b.time
                from bucket b
                where s.id = 1 and exists (select from chosen)
            )
            select c.*, b.rate, (select count(*) from due) as due,
                b.available - coalesce((select sum(recipients) from chosen), 0) as available
            from bucket b left join claimed c on true
            """;

    /// Emails whose outcome is unknown and of which no event told in the grace period.
    private static final String RECLAIM =
            """
            update dispatch
            set state = 'waiting', due_at = now(), claim = null, leased_until = null,
                unanswered = unanswered + 1
            where state = 'sending' and leased_until < now() - $1::bigint * interval '1 millisecond'
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

    private static final String HOLD =
            """
            update send_rate
            set available = least(available, - recipients_per_second * $1::double precision),
                refilled_at = clock_timestamp()
            where id = 1
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

    /// Takes due emails.
    ///
    /// @param room how many at most
    /// @param bytes how large together at most; the first may exceed it
    Uni<Batch> claim(int room, long bytes) {
        UUID number = ids.next();
        Tuple parameters =
                Tuple.of(room, bytes, number, config.lease().toMillis(), seconds(config.burst()));
        return pool.preparedQuery(CLAIM).execute(parameters).map(rows -> batch(number, rows));
    }

    /// Puts back what may not have been sent, and was not heard of in the grace period.
    ///
    /// @return how many
    Uni<Integer> reclaim() {
        return pool.preparedQuery(RECLAIM)
                .execute(Tuple.of(config.grace().toMillis()))
                .map(RowSet::rowCount);
    }

    /// Puts an email back that SES did not take, to be tried after a pause.
    Uni<Void> retry(Claim claim, Duration pause) {
        return putBack(claim, pause, 0);
    }

    /// Puts an email back as if it had not been tried.
    Uni<Void> putBack(Claim claim, Duration pause) {
        return putBack(claim, pause, 1);
    }

    /// Begins the grace period now.
    Uni<Void> expireLease(Claim claim) {
        return pool.preparedQuery(EXPIRE_LEASE)
                .execute(Tuple.of(claim.accountId(), claim.emailId(), claim.number()))
                .replaceWithVoid();
    }

    /// Lets no instance send for a while.
    Uni<Void> hold(Duration pause) {
        return pool.preparedQuery(HOLD).execute(Tuple.of(seconds(pause))).replaceWithVoid();
    }

    /// Sets the rate, in recipients per second.
    Uni<Boolean> setRate(double recipientsPerSecond) {
        return pool.preparedQuery(SET_RATE)
                .execute(Tuple.of(recipientsPerSecond))
                .map(answer -> answer.rowCount() > 0);
    }

    private Uni<Void> putBack(Claim claim, Duration pause, int uncounted) {
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

    private static Batch batch(UUID number, RowSet<Row> rows) {
        if (rows.size() == 0) {
            return Batch.NOTHING;
        }
        List<Claim> claims = new ArrayList<>();
        for (Row row : rows) {
            if (row.getUUID("email_id") != null) {
                claims.add(Claim.of(number, row));
            }
        }
        Row any = rows.iterator().next();
        double missing = 1 - any.getDouble("available");
        double pause = missing <= 0 ? 0 : missing / any.getDouble("rate");
        return new Batch(
                claims,
                any.getLong("due") > claims.size(),
                Duration.ofNanos(Math.round(pause * 1_000_000_000)));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}

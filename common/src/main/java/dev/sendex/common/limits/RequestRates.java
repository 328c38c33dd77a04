package dev.sendex.common.limits;

import dev.sendex.common.introspection.KeyGrant;
import dev.sendex.common.introspection.KeyGrant.RateLimit;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/// Counts the requests of keys with a rate limit in PostgreSQL, so that the limit holds across the
/// instances of a service. A window starts with the first request after the previous one has ended.
/// Keys that share a limit have one row, under the id of the key that they share it with. A request
/// over its key's limit is not counted, so keys with a higher limit can use what is left.
///
/// Every service brings the table in its own migrations:
///
/// ```sql
/// create unlogged table key_rate (
///     account_id uuid not null,
///     key_id uuid not null,
///     window_ends_at timestamptz not null,
///     used bigint not null,
///     constraint key_rate_pk primary key (account_id, key_id)
/// ) with (fillfactor = 50);
/// ```
///
/// It is unlogged: after a crash of the database windows start again, and a request costs no fsync.
@ApplicationScoped
class RequestRates {

    private static final String COUNT =
            """
            insert into key_rate as rate (account_id, key_id, window_ends_at, used)
            values ($1, $2, now() + $3 * interval '1 second', 1)
            on conflict on constraint key_rate_pk do update
            set used = case when rate.window_ends_at <= now() then 1 else rate.used + 1 end,
                window_ends_at = case
                    when rate.window_ends_at <= now() then excluded.window_ends_at
                    else least(rate.window_ends_at, excluded.window_ends_at) end
            where rate.window_ends_at <= now() or rate.used < $4
            returning used, (extract(epoch from window_ends_at - now()) * 1000)::bigint as resets_in
            """;

    /// If the key's window was shortened, the wait is limited to the new length.
    private static final String REFUSE =
            """
            update key_rate
            set window_ends_at = least(window_ends_at, now() + $3 * interval '1 second')
            where account_id = $1 and key_id = $2
            returning (extract(epoch from window_ends_at - now()) * 1000)::bigint as resets_in
            """;

    private final Pool pool;

    RequestRates(Pool pool) {
        this.pool = pool;
    }

    /// Counts the request if it is within the limit. Only a refused one costs a second statement.
    Uni<RateWindow> count(KeyGrant key, RateLimit limit) {
        return pool.preparedQuery(COUNT)
                .execute(counter(key, limit).addLong(limit.limit()))
                .chain(rows -> rows.size() == 0 ? refuse(key, limit) : counted(limit, rows));
    }

    private Uni<RateWindow> refuse(KeyGrant key, RateLimit limit) {
        return pool.preparedQuery(REFUSE)
                .execute(counter(key, limit))
                .map(rows -> RateWindow.exceeded(limit, resetsIn(rows)));
    }

    private static Tuple counter(KeyGrant key, RateLimit limit) {
        return Tuple.of(key.accountId(), key.rateCounter(), limit.window().toSeconds());
    }

    private static Uni<RateWindow> counted(RateLimit limit, RowSet<Row> rows) {
        long used = rows.iterator().next().getLong("used");
        return Uni.createFrom().item(RateWindow.counted(limit, used, resetsIn(rows)));
    }

    private static Duration resetsIn(RowSet<Row> rows) {
        return Duration.ofMillis(rows.iterator().next().getLong("resets_in"));
    }
}

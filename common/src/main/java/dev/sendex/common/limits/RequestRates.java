package dev.sendex.common.limits;

import dev.sendex.common.introspection.KeyGrant;
import dev.sendex.common.introspection.KeyGrant.RateLimit;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/// Counts the requests of keys that have a rate limit, in PostgreSQL, so that all instances of a
/// service count as one. A window begins with the first request after the last one ended. Keys that
/// share a limit have one row, that of the key they share it with; one whose own limit is lower
/// than the count is refused, and leaves the count as it is.
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
/// It is unlogged: a crash of the database may begin windows anew, and a request costs no fsync.
@ApplicationScoped
class RequestRates {

    private static final String COUNT =
            """
            insert into key_rate as known (account_id, key_id, window_ends_at, used)
            values ($1, $2, now() + $3 * interval '1 second', 1)
            on conflict on constraint key_rate_pk do update
            set used = case
                    when known.window_ends_at <= now() then 1
                    else greatest(known.used, least(known.used, $4) + 1) end,
                window_ends_at = case
                    when known.window_ends_at <= now() then excluded.window_ends_at
                    else least(known.window_ends_at, excluded.window_ends_at) end
            returning used, (extract(epoch from window_ends_at - now()) * 1000)::bigint as resets_in
            """;

    private final Pool pool;

    RequestRates(Pool pool) {
        this.pool = pool;
    }

    Uni<RateWindow> count(KeyGrant key, RateLimit limit) {
        return pool.preparedQuery(COUNT)
                .execute(
                        Tuple.of(
                                key.accountId(),
                                key.rateCounter(),
                                limit.window().toSeconds(),
                                limit.limit()))
                .map(rows -> window(limit, rows.iterator().next()));
    }

    private static RateWindow window(RateLimit limit, Row row) {
        return new RateWindow(
                limit, row.getLong("used"), Duration.ofMillis(row.getLong("resets_in")));
    }
}

package dev.sendex.send.emails.accepting;

import static dev.sendex.common.problem.Problem.DAILY_QUOTA_EXCEEDED;
import static dev.sendex.common.problem.Problem.MONTHLY_QUOTA_EXCEEDED;
import static dev.sendex.common.problem.Problem.SENDING_LIMIT_EXCEEDED;

import dev.sendex.common.introspection.KeyGrant;
import dev.sendex.common.introspection.KeyGrant.SendingLimit;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Counts the recipients of keys that have a sending limit. The count is part of the transaction
/// that accepts the email, and the row lock makes it exact across instances. Keys that share a
/// limit share a row. Days and months are in UTC by the database's clock, and never go backwards,
/// since a step back would reset the count.
@ApplicationScoped
class SendingLimits {

    private static final String COUNT =
            """
            insert into key_sending as known
                (account_id, key_id, total, day, day_count, month, month_count)
            select $1, $2, $3::bigint, today, $3, date_trunc('month', today)::date, $3
            from (select (now() at time zone 'utc')::date as today) as utc
            on conflict on constraint key_sending_pk do update
            set total = known.total + $3,
                day = greatest(known.day, excluded.day),
                day_count = $3 + case when known.day >= excluded.day then known.day_count else 0 end,
                month = greatest(known.month, excluded.month),
                month_count =
                    $3 + case when known.month >= excluded.month then known.month_count else 0 end
            returning total, day, day_count, month, month_count
            """;

    private final Clock clock;

    SendingLimits(Clock clock) {
        this.clock = clock;
    }

    /// Counts the recipients in the caller's transaction, which fails if a limit is exceeded.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `sending_limit_exceeded`,
    ///   `daily_quota_exceeded` or `monthly_quota_exceeded`
    Uni<Void> count(SqlConnection transaction, KeyGrant key, SendingLimit limit, int recipients) {
        return transaction
                .preparedQuery(COUNT)
                .execute(Tuple.of(key.accountId(), key.sendingCounter(), (long) recipients))
                .invoke(rows -> refuse(rows.iterator().next(), limit, recipients))
                .replaceWithVoid();
    }

    private void refuse(Row counted, SendingLimit limit, int recipients) {
        if (isOver(counted.getLong("total"), limit.total())) {
            throw SENDING_LIMIT_EXCEEDED.because(
                    left("in all", limit.total(), counted.getLong("total"), recipients));
        }
        if (isOver(counted.getLong("month_count"), limit.perMonth())) {
            throw MONTHLY_QUOTA_EXCEEDED.retryAfter(
                    until(counted.getLocalDate("month").plusMonths(1)),
                    left("a month", limit.perMonth(), counted.getLong("month_count"), recipients));
        }
        if (isOver(counted.getLong("day_count"), limit.perDay())) {
            throw DAILY_QUOTA_EXCEEDED.retryAfter(
                    until(counted.getLocalDate("day").plusDays(1)),
                    left("a day", limit.perDay(), counted.getLong("day_count"), recipients));
        }
    }

    private static boolean isOver(long counted, @Nullable Long bound) {
        return bound != null && counted > bound;
    }

    private static String left(String span, @Nullable Long bound, long counted, int recipients) {
        long left = bound == null ? 0 : Math.max(0, bound - (counted - recipients));
        return "This key may send to %d recipients %s; %d are left, and this email has %d."
                .formatted(bound, span, left, recipients);
    }

    private Duration until(LocalDate day) {
        Instant begin = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        return Duration.between(clock.instant(), begin).plusSeconds(1);
    }
}

package dev.sendex.send.emails.accepting;

import static dev.sendex.common.problem.Problem.DAILY_QUOTA_EXCEEDED;
import static dev.sendex.common.problem.Problem.MONTHLY_QUOTA_EXCEEDED;
import static dev.sendex.common.problem.Problem.SENDING_LIMIT_EXCEEDED;

import dev.sendex.common.introspection.KeyGrant.SendingLimit;
import dev.sendex.common.problem.ProblemException;
import dev.sendex.send.emails.accepting.NewEmail.Counter;
import dev.sendex.send.emails.accepting.NewEmail.Limited;
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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Counts the recipients of keys that have a sending limit. The counts are part of the transaction
/// that accepts the emails, and row locks make them exact across instances. Days and months are in
/// UTC by the database's clock, and never go backwards, since a step back would reset the count.
@ApplicationScoped
class SendingLimits {

    /// Starts new days and months. The rows are locked in the order of the primary key, so that two
    /// transactions never wait for each other.
    private static final String LOCK =
            """
            insert into key_sending as known
                (account_id, key_id, total, day, day_count, month, month_count)
            select account_id, key_id, 0, today, 0, date_trunc('month', today)::date, 0
            from unnest($1::uuid[], $2::uuid[]) as counter (account_id, key_id),
                (select (now() at time zone 'utc')::date as today) as utc
            order by account_id, key_id
            on conflict on constraint key_sending_pk do update
            set day = greatest(known.day, excluded.day),
                day_count = case when known.day >= excluded.day then known.day_count else 0 end,
                month = greatest(known.month, excluded.month),
                month_count =
                    case when known.month >= excluded.month then known.month_count else 0 end
            returning account_id, key_id, total, day, day_count, month, month_count
            """;

    private static final String ADD =
            """
            update key_sending known
            set total = total + recipients,
                day_count = day_count + recipients,
                month_count = month_count + recipients
            from unnest($1::uuid[], $2::uuid[], $3::bigint[])
                as added (account_id, key_id, recipients)
            where known.account_id = added.account_id and known.key_id = added.key_id
            """;

    private final Clock clock;

    SendingLimits(Clock clock) {
        this.clock = clock;
    }

    /// Reads counters and locks them until the transaction ends.
    Uni<Counts> lock(SqlConnection transaction, Set<Counter> counters) {
        return transaction
                .preparedQuery(LOCK)
                .execute(Tuple.of(accounts(counters), ids(counters)))
                .map(Counts::new);
    }

    /// Adds recipients to counters that are locked.
    Uni<Void> add(SqlConnection transaction, Map<Counter, Long> recipients) {
        List<Counter> counters = List.copyOf(recipients.keySet());
        return transaction
                .preparedQuery(ADD)
                .execute(
                        Tuple.of(
                                accounts(counters),
                                ids(counters),
                                counters.stream().map(recipients::get).toArray(Long[]::new)))
                .replaceWithVoid();
    }

    private static UUID[] accounts(Collection<Counter> counters) {
        return counters.stream().map(Counter::accountId).toArray(UUID[]::new);
    }

    private static UUID[] ids(Collection<Counter> counters) {
        return counters.stream().map(Counter::id).toArray(UUID[]::new);
    }

    /// The counts so far, which grow with every email that fits.
    final class Counts {

        private final Map<Counter, Row> stored = new HashMap<>();
        private final Map<Counter, Long> added = new HashMap<>();

        private Counts(Iterable<Row> rows) {
            rows.forEach(row ->
                    stored.put(new Counter(row.getUUID("account_id"), row.getUUID("key_id")), row));
        }

        /// Counts the recipients of an email if they are within its limit.
        ///
        /// @return `sending_limit_exceeded`, `daily_quota_exceeded` or `monthly_quota_exceeded`, or
        ///   null if the email fits
        @Nullable ProblemException count(Limited limited, int recipients) {
            @Nullable ProblemException refusal = refusal(limited, recipients);
            if (refusal == null) {
                added.merge(limited.counter(), (long) recipients, Long::sum);
            }
            return refusal;
        }

        private @Nullable ProblemException refusal(Limited limited, int recipients) {
            Row row = stored.get(limited.counter());
            if (row == null) {
                throw new IllegalStateException("the counter was not locked");
            }
            SendingLimit limit = limited.limit();
            long before = added.getOrDefault(limited.counter(), 0L);
            long total = row.getLong("total") + before;
            if (isOver(total + recipients, limit.total())) {
                return SENDING_LIMIT_EXCEEDED.because(
                        left("in all", limit.total(), total, recipients));
            }
            long month = row.getLong("month_count") + before;
            if (isOver(month + recipients, limit.perMonth())) {
                return MONTHLY_QUOTA_EXCEEDED.retryAfter(
                        until(row.getLocalDate("month").plusMonths(1)),
                        left("a month", limit.perMonth(), month, recipients));
            }
            long day = row.getLong("day_count") + before;
            if (isOver(day + recipients, limit.perDay())) {
                return DAILY_QUOTA_EXCEEDED.retryAfter(
                        until(row.getLocalDate("day").plusDays(1)),
                        left("a day", limit.perDay(), day, recipients));
            }
            return null;
        }
    }

    private static boolean isOver(long count, @Nullable Long bound) {
        return bound != null && count > bound;
    }

    private static String left(String span, @Nullable Long bound, long counted, int recipients) {
        long left = bound == null ? 0 : Math.max(0, bound - counted);
        return "This key may send to %d recipients %s; %d are left, and this email has %d."
                .formatted(bound, span, left, recipients);
    }

    private Duration until(LocalDate day) {
        Instant begin = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        return Duration.between(clock.instant(), begin).plusSeconds(1);
    }
}

package dev.sendex.key.usage;

import static java.util.stream.Collectors.toSet;

import dev.sendex.common.usage.UsageRecord;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Adds the counts that the services publish to the database. Rows are written in a fixed order,
/// which prevents deadlocks.
@ApplicationScoped
class UsageStore {

    /// Stores the ids of the records and returns those that are new and belong to existing keys.
    private static final String DEDUPLICATE =
            """
            insert into usage_record (account_id, id, recorded_at)
            select r.account_id, r.id, $4
            from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as r (account_id, id, key_id)
            join api_key k on k.account_id = r.account_id and k.id = r.key_id
            order by 1, 2
            on conflict on constraint usage_record_pk do nothing
            returning id
            """;

    private static final String ADD_COUNTS =
            """
            insert into key_usage as u
                (account_id, key_id, hour, endpoint, outcome, problem, requests)
            select * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[],
                $6::text[], $7::bigint[])
            order by 1, 2, 3, 4, 5, 6
            on conflict on constraint key_usage_pk
                do update set requests = u.requests + excluded.requests
            """;
    private static final String UPDATE_USE =
            """
            insert into key_use as u
                (account_id, key_id, first_used_at, last_used_at, last_used_ip)
            select n.account_id, n.key_id, n.used_at, n.used_at, n.ip
            from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[])
                as n (account_id, key_id, used_at, ip)
            order by 1, 2
            on conflict on constraint key_use_pk do update set
                first_used_at = least(u.first_used_at, excluded.first_used_at),
                last_used_at = greatest(u.last_used_at, excluded.last_used_at),
                last_used_ip = case when excluded.last_used_at >= u.last_used_at
                    then coalesce(excluded.last_used_ip, u.last_used_ip) else u.last_used_ip end
            """;

    private final Pool pool;
    private final Alerts alerts;
    private final Clock clock;

    UsageStore(Pool pool, Alerts alerts, Clock clock) {
        this.pool = pool;
        this.alerts = alerts;
        this.clock = clock;
    }

    /// Adds all records in one transaction, except those that were added before.
    ///
    /// @return how many records were new
    Uni<Integer> add(List<UsageRecord> records) {
        return pool.withTransaction(transaction ->
                        deduplicate(transaction, records)
                                .map(inserted -> newRecords(inserted, records))
                                .call(newRecords -> write(transaction, newRecords)))
                .invoke(alerts::wake)
                .map(List::size);
    }

    private Uni<Set<UUID>> deduplicate(SqlConnection transaction, List<UsageRecord> records) {
        return transaction
                .preparedQuery(DEDUPLICATE)
                .execute(
                        Tuple.of(
                                uuids(records, UsageRecord::accountId),
                                uuids(records, UsageRecord::id),
                                uuids(records, UsageRecord::keyId),
                                time(clock.instant())))
                .map(UsageStore::ids);
    }

    private static Set<UUID> ids(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.getUUID("id"))
                .collect(toSet());
    }

    private static List<UsageRecord> newRecords(Set<UUID> inserted, List<UsageRecord> records) {
        return records.stream().filter(record -> inserted.remove(record.id())).toList();
    }

    private Uni<Void> write(SqlConnection transaction, List<UsageRecord> newRecords) {
        if (newRecords.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        UsageBatch batch = UsageBatch.of(newRecords);
        return count(transaction, batch.counts)
                .chain(() -> use(transaction, batch.uses))
                .chain(() -> alerts.raiseFor(transaction, batch));
    }

    private static Uni<Void> count(
            SqlConnection transaction, Map<UsageBatch.CountKey, Long> counts) {
        List<Map.Entry<UsageBatch.CountKey, Long>> rows = List.copyOf(counts.entrySet());
        Tuple parameters =
                Tuple.tuple()
                        .addArrayOfUUID(uuids(rows, row -> row.getKey().key().accountId()))
                        .addArrayOfUUID(uuids(rows, row -> row.getKey().key().id()))
                        .addArrayOfOffsetDateTime(times(rows, row -> row.getKey().hour()))
                        .addArrayOfString(texts(rows, row -> row.getKey().endpoint()))
                        .addArrayOfString(texts(rows, row -> row.getKey().outcome()))
                        .addArrayOfString(texts(rows, row -> row.getKey().problem()))
                        .addArrayOfLong(
                                rows.stream().map(Map.Entry::getValue).toArray(Long[]::new));
        return transaction.preparedQuery(ADD_COUNTS).execute(parameters).replaceWithVoid();
    }

    private static Uni<Void> use(
            SqlConnection transaction, Map<UsageBatch.Key, UsageBatch.Use> uses) {
        List<Map.Entry<UsageBatch.Key, UsageBatch.Use>> rows = List.copyOf(uses.entrySet());
        Tuple parameters =
                Tuple.tuple()
                        .addArrayOfUUID(uuids(rows, row -> row.getKey().accountId()))
                        .addArrayOfUUID(uuids(rows, row -> row.getKey().id()))
                        .addArrayOfOffsetDateTime(times(rows, row -> row.getValue().at()))
                        .addArrayOfString(texts(rows, row -> row.getValue().ip()));
        return transaction.preparedQuery(UPDATE_USE).execute(parameters).replaceWithVoid();
    }

    static <T> UUID[] uuids(Collection<T> rows, Function<T, UUID> column) {
        return rows.stream().map(column).toArray(UUID[]::new);
    }

    static <T> String[] texts(Collection<T> rows, Function<T, @Nullable String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    static <T> OffsetDateTime[] times(Collection<T> rows, Function<T, Instant> column) {
        return rows.stream().map(row -> time(column.apply(row))).toArray(OffsetDateTime[]::new);
    }

    static OffsetDateTime time(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}

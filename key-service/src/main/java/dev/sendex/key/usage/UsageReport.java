package dev.sendex.key.usage;

import static dev.sendex.common.problem.Problem.NOT_FOUND;
import static dev.sendex.key.usage.UsageStore.time;

import dev.sendex.common.database.Rows;
import dev.sendex.key.usage.KeyUsageView.CurrentUsage;
import dev.sendex.key.usage.KeyUsageView.SeenNetwork;
import dev.sendex.key.usage.KeyUsageView.Totals;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Sums the usage of a key within a period.
@ApplicationScoped
class UsageReport {

    private static final String USE =
            """
            select u.first_used_at, u.last_used_at, u.last_used_ip, u.burst_notified_at
            from api_key k
            left join key_use u on u.account_id = k.account_id and u.key_id = k.id
            where k.account_id = $1 and k.id = $2
            """;
    private static final String NETWORKS =
            """
            select network, first_seen_at, last_seen_at from key_network
            where account_id = $1 and key_id = $2 order by last_seen_at desc, network
            """;
    private static final String COUNTS =
            """
            select date_trunc($5, hour, 'UTC') as start, endpoint, outcome, problem,
                sum(requests)::bigint as requests
            from key_usage
            where account_id = $1 and key_id = $2 and hour >= $3 and hour < $4
            group by 1, 2, 3, 4
            order by 1, 2
            """;

    private final Pool pool;
    private final Clock clock;

    UsageReport(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    private record BucketKey(Instant start, String endpoint) {}

    /// @throws dev.sendex.common.problem.ProblemException if the account has no such key
    Uni<KeyUsageView> of(UUID accountId, UUID keyId, UsagePeriod period) {
        return currentUsage(accountId, keyId)
                .chain(currentUsage ->
                        counts(accountId, keyId, period)
                                .map(rows -> view(keyId, period, currentUsage, rows)));
    }

    private Uni<CurrentUsage> currentUsage(UUID accountId, UUID keyId) {
        return pool.preparedQuery(USE)
                .execute(Tuple.of(accountId, keyId))
                .map(UsageReport::requireKey)
                .chain(use ->
                        pool.preparedQuery(NETWORKS)
                                .execute(Tuple.of(accountId, keyId))
                                .map(networks -> currentUsage(use, networks)));
    }

    private static Row requireKey(RowSet<Row> rows) {
        if (rows.size() == 0) {
            throw noSuchKey();
        }
        return rows.iterator().next();
    }

    private CurrentUsage currentUsage(Row use, RowSet<Row> networks) {
        List<SeenNetwork> seen = new ArrayList<>();
        networks.forEach(row ->
                seen.add(
                        new SeenNetwork(
                                row.getString("network"),
                                row.getOffsetDateTime("first_seen_at").toInstant(),
                                row.getOffsetDateTime("last_seen_at").toInstant())));
        return new CurrentUsage(
                KeyUses.use(use, clock.instant()), Rows.time(use, "burst_notified_at"), seen);
    }

    static RuntimeException noSuchKey() {
        return NOT_FOUND.because("No API key has this id.");
    }

    private Uni<RowSet<Row>> counts(UUID accountId, UUID keyId, UsagePeriod period) {
        return pool.preparedQuery(COUNTS)
                .execute(
                        Tuple.of(
                                accountId,
                                keyId,
                                time(period.since()),
                                time(period.until()),
                                period.granularity().value()));
    }

    private static KeyUsageView view(
            UUID keyId, UsagePeriod period, CurrentUsage currentUsage, RowSet<Row> rows) {
        Totals totals = Totals.NONE;
        Map<String, Totals> endpoints = new HashMap<>();
        Map<String, Long> refusals = new HashMap<>();
        Map<BucketKey, Totals> buckets = new LinkedHashMap<>();
        for (Row row : rows) {
            String endpoint = row.getString("endpoint");
            String outcome = row.getString("outcome");
            long requests = row.getLong("requests");
            BucketKey bucket = new BucketKey(row.getOffsetDateTime("start").toInstant(), endpoint);
            totals = totals.plus(outcome, requests);
            add(endpoints, endpoint, outcome, requests);
            add(buckets, bucket, outcome, requests);
            if (outcome.equals("refused")) {
                refusals.merge(row.getString("problem"), requests, Long::sum);
            }
        }
        return new KeyUsageView(
                keyId,
                period,
                currentUsage,
                totals,
                endpoints.entrySet().stream()
                        .map(entry ->
                                new KeyUsageView.EndpointTotals(entry.getKey(), entry.getValue()))
                        .sorted(
                                Comparator.comparingLong(KeyUsageView.EndpointTotals::requests)
                                        .reversed()
                                        .thenComparing(KeyUsageView.EndpointTotals::endpoint))
                        .toList(),
                refusals.entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                        .map(entry -> refusal(entry.getKey(), entry.getValue()))
                        .toList(),
                buckets.entrySet().stream().map(UsageReport::bucket).toList());
    }

    private static <K> void add(Map<K, Totals> sums, K key, String outcome, long requests) {
        sums.merge(
                key, Totals.NONE.plus(outcome, requests), (sum, _) -> sum.plus(outcome, requests));
    }

    private static KeyUsageView.Refusal refusal(String problem, long requests) {
        return new KeyUsageView.Refusal(problem.isEmpty() ? null : problem, requests);
    }

    private static KeyUsageView.Bucket bucket(Map.Entry<BucketKey, Totals> entry) {
        return new KeyUsageView.Bucket(
                entry.getKey().start(), entry.getKey().endpoint(), entry.getValue());
    }
}

package dev.sendex.key.usage;

import static dev.sendex.key.usage.UsageStore.texts;
import static dev.sendex.key.usage.UsageStore.time;
import static dev.sendex.key.usage.UsageStore.times;
import static dev.sendex.key.usage.UsageStore.uuids;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.sendex.common.event.KeyEventType;
import dev.sendex.key.outbox.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Detects unusual use of keys and notifies the account's webhooks, in the transaction that counts
/// the use.
@ApplicationScoped
class Alerts {

    private static final Duration ONE_HOUR = Duration.ofHours(1);

    /// Stores networks and returns those that the key was not used from before. `raises_alert` is
    /// false for the first networks of a key, and once more than a few are new within an hour. The
    /// subquery reads the table as it was before this statement.
    private static final String NETWORKS =
            """
            with seen as (
                insert into key_network as n
                    (account_id, key_id, network, first_seen_at, last_seen_at)
                select s.account_id, s.key_id, s.network, s.seen_at, s.seen_at
                from unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[])
                    as s (account_id, key_id, network, seen_at)
                order by 1, 2, 3
                on conflict on constraint key_network_pk do update
                    set last_seen_at = excluded.last_seen_at
                    where n.last_seen_at < excluded.last_seen_at - interval '1 hour'
                returning account_id, key_id, network, first_seen_at, xmax = 0 as inserted
            )
            select s.account_id, s.key_id, s.network, s.first_seen_at, k.name, k.hint,
                before.known > 0 and before.recent < $6 as raises_alert
            from seen s
            join api_key k on k.account_id = s.account_id and k.id = s.key_id
            cross join lateral (
                select count(*) as known, count(*) filter (where first_seen_at > $5) as recent
                from key_network n where n.account_id = s.account_id and n.key_id = s.key_id
            ) before
            where s.inserted
            """;

    private static final String EVICT_NETWORKS =
            """
            delete from key_network n using (
                select n.account_id, n.key_id, n.network, row_number() over (
                    partition by n.account_id, n.key_id order by n.last_seen_at desc, n.network)
                from key_network n
                join (select distinct * from unnest($1::uuid[], $2::uuid[])) as k (account_id, id)
                    on n.account_id = k.account_id and n.key_id = k.id
            ) ranked
            where ranked.row_number > $3 and n.account_id = ranked.account_id
                and n.key_id = ranked.key_id and n.network = ranked.network
            """;
    private static final String REFUSALS =
            """
            insert into key_refusal as r (account_id, key_id, minute, requests)
            select * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::bigint[])
            order by 1, 2, 3
            on conflict on constraint key_refusal_pk
                do update set requests = r.requests + excluded.requests
            """;
    private static final String BURSTS =
            """
            with burst as (
                select r.account_id, r.key_id, sum(r.requests)::bigint as refused
                from key_refusal r
                join unnest($1::uuid[], $2::uuid[], $3::timestamptz[])
                    as s (account_id, key_id, latest)
                    on r.account_id = s.account_id and r.key_id = s.key_id
                where r.minute <= s.latest
                    and r.minute > s.latest - $4::bigint * interval '1 second'
                group by r.account_id, r.key_id
                having sum(r.requests) >= $5
            )
            update key_use u set burst_notified_at = $6
            from burst b, api_key k
            where u.account_id = b.account_id and u.key_id = b.key_id
                and k.account_id = b.account_id and k.id = b.key_id
                and (u.burst_notified_at is null or u.burst_notified_at <= $7)
            returning u.account_id, u.key_id, b.refused, k.name, k.hint
            """;

    private final AlertConfig config;
    private final Outbox outbox;
    private final MeterRegistry metrics;
    private final Clock clock;

    Alerts(AlertConfig config, Outbox outbox, MeterRegistry metrics, Clock clock) {
        this.config = config;
        this.outbox = outbox;
        this.metrics = metrics;
        this.clock = clock;
    }

    /// Raises alerts about use that was just counted.
    Uni<Void> raiseFor(SqlConnection transaction, UsageBatch batch) {
        return networks(transaction, batch.networks)
                .chain(() -> refusals(transaction, batch.refusals));
    }

    /// Writes the alerts' events, in the caller's transaction.
    Uni<Void> raise(SqlConnection transaction, List<Alert> alerts) {
        return Multi.createFrom()
                .iterable(alerts)
                .onItem()
                .transformToUniAndConcatenate(alert -> raise(transaction, alert))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> raise(SqlConnection transaction, Alert alert) {
        String type = alert.type().value();
        metrics.counter("sendex.usage.alerts", "type", type).increment();
        return outbox.addEvent(transaction, alert.accountId(), type, alert.data());
    }

    /// Publishes the outbox. Call it after the commit of a transaction that may have raised alerts.
    void wake() {
        outbox.wake();
    }

    private Uni<Void> networks(
            SqlConnection transaction, Map<UsageBatch.Network, Instant> networks) {
        if (networks.isEmpty()) {
            return nothing();
        }
        List<Map.Entry<UsageBatch.Network, Instant>> rows = List.copyOf(networks.entrySet());
        Tuple parameters =
                Tuple.of(
                        uuids(rows, row -> row.getKey().key().accountId()),
                        uuids(rows, row -> row.getKey().key().id()),
                        texts(rows, row -> row.getKey().cidr()),
                        times(rows, Map.Entry::getValue),
                        time(clock.instant().minus(ONE_HOUR)),
                        config.newNetworksPerHour());
        return transaction
                .preparedQuery(NETWORKS)
                .execute(parameters)
                .call(inserted -> raise(transaction, newNetworks(inserted)))
                .chain(inserted ->
                        inserted.size() == 0 ? nothing() : evict(transaction, networks.keySet()));
    }

    private static List<Alert> newNetworks(RowSet<Row> inserted) {
        return StreamSupport.stream(inserted.spliterator(), false)
                .filter(row -> row.getBoolean("raises_alert"))
                .map(Alerts::newNetwork)
                .toList();
    }

    private Uni<Void> evict(SqlConnection transaction, Set<UsageBatch.Network> seen) {
        return transaction
                .preparedQuery(EVICT_NETWORKS)
                .execute(
                        Tuple.of(
                                uuids(seen, row -> row.key().accountId()),
                                uuids(seen, row -> row.key().id()),
                                config.knownNetworks()))
                .replaceWithVoid();
    }

    private Uni<Void> refusals(SqlConnection transaction, Map<UsageBatch.Minute, Long> refusals) {
        if (refusals.isEmpty()) {
            return nothing();
        }
        List<Map.Entry<UsageBatch.Minute, Long>> rows = List.copyOf(refusals.entrySet());
        Tuple parameters =
                Tuple.of(
                        uuids(rows, row -> row.getKey().key().accountId()),
                        uuids(rows, row -> row.getKey().key().id()),
                        times(rows, row -> row.getKey().start()),
                        rows.stream().map(Map.Entry::getValue).toArray(Long[]::new));
        return transaction
                .preparedQuery(REFUSALS)
                .execute(parameters)
                .chain(() -> bursts(transaction, refusals.keySet()))
                .chain(alerts -> raise(transaction, alerts));
    }

    private Uni<List<Alert>> bursts(SqlConnection transaction, Set<UsageBatch.Minute> minutes) {
        Map<UsageBatch.Key, Instant> latest = new HashMap<>();
        for (UsageBatch.Minute minute : minutes) {
            latest.merge(
                    minute.key(),
                    minute.start(),
                    (one, other) -> one.isBefore(other) ? other : one);
        }
        List<Map.Entry<UsageBatch.Key, Instant>> rows = List.copyOf(latest.entrySet());
        Instant now = clock.instant();
        Tuple parameters =
                Tuple.tuple()
                        .addArrayOfUUID(uuids(rows, row -> row.getKey().accountId()))
                        .addArrayOfUUID(uuids(rows, row -> row.getKey().id()))
                        .addArrayOfOffsetDateTime(times(rows, Map.Entry::getValue))
                        .addLong(config.refusalWindow().toSeconds())
                        .addInteger(config.refusals())
                        .addOffsetDateTime(time(now))
                        .addOffsetDateTime(time(now.minus(config.refusalPause())));
        return query(transaction, BURSTS, parameters, this::burst);
    }

    private static Uni<Void> nothing() {
        return Uni.createFrom().voidItem();
    }

    static Uni<List<Alert>> query(
            SqlConnection transaction,
            String statement,
            Tuple parameters,
            Function<Row, Alert> alert) {
        return transaction
                .preparedQuery(statement)
                .execute(parameters)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(alert).toList());
    }

    private static Alert newNetwork(Row row) {
        return new Alert(
                row.getUUID("account_id"),
                KeyEventType.USED_FROM_NEW_NETWORK,
                new Alert.Data.NewNetwork(
                        row.getUUID("key_id"),
                        row.getString("name"),
                        row.getString("hint"),
                        row.getString("network"),
                        row.getOffsetDateTime("first_seen_at").toInstant()));
    }

    private Alert burst(Row row) {
        return new Alert(
                row.getUUID("account_id"),
                KeyEventType.REFUSED_OFTEN,
                new Alert.Data.RefusedOften(
                        row.getUUID("key_id"),
                        row.getString("name"),
                        row.getString("hint"),
                        row.getLong("refused"),
                        config.refusalWindow().toSeconds()));
    }

    /// An event that the account is notified of.
    record Alert(UUID accountId, KeyEventType type, Data data) {

        /// The `data` of the event. It contains networks, never full addresses.
        sealed interface Data {

            /// The key was used from a network for the first time.
            ///
            /// @param network a CIDR block: /24 of IPv4, /48 of IPv6
            @RegisterForReflection
            @JsonNaming(SnakeCaseStrategy.class)
            record NewNetwork(UUID id, String name, String hint, String network, Instant usedAt)
                    implements Data {}

            /// Many requests were refused because of the key's permissions or restrictions.
            ///
            /// @param refused the number of refused requests within the window
            @RegisterForReflection
            @JsonNaming(SnakeCaseStrategy.class)
            record RefusedOften(UUID id, String name, String hint, long refused, long windowSeconds)
                    implements Data {}

            /// The key was not used for a long time.
            ///
            /// @param lastUsedAt null if the key was never used
            @RegisterForReflection
            @JsonNaming(SnakeCaseStrategy.class)
            @JsonInclude(JsonInclude.Include.ALWAYS)
            record Unused(
                    UUID id,
                    String name,
                    String hint,
                    Instant createdAt,
                    @Nullable Instant lastUsedAt)
                    implements Data {}

            /// The key expires soon.
            ///
            /// @param noticeDays how many days before expiry: 7 or 1 by default
            @RegisterForReflection
            @JsonNaming(SnakeCaseStrategy.class)
            record Expiring(UUID id, String name, String hint, Instant expiresAt, long noticeDays)
                    implements Data {}
        }
    }
}

package dev.sendex.webhook.deliveries;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/// The queue of deliveries: adds deliveries for new events, and claims due ones fairly across
/// endpoints.
@ApplicationScoped
class DeliveryStore {

    /// Does nothing for an event that is already stored, and does not store an event without any
    /// subscribed endpoint.
    private static final String ADD =
            """
            with subscribed as (
                select id from webhook_endpoint
                where account_id = $1 and status = 'enabled' and event_types @> array[$3::text]
            ), added as (
                insert into event (account_id, id, type, body, created_at)
                select $1, $2, $3, $4, $5 where exists (select from subscribed)
                on conflict on constraint event_pk do nothing
                returning account_id, id
            ), recorded as (
                insert into delivery (account_id, endpoint_id, event_id, status)
                select a.account_id, s.id, a.id, 'pending' from added a cross join subscribed s
            )
            insert into due_delivery (account_id, endpoint_id, event_id)
            select a.account_id, s.id, a.id from added a cross join subscribed s
            """;

    /// Claims due deliveries round-robin over the endpoints that have any, a few of each, so that
    /// one endpoint's backlog does not delay another's deliveries. Steps from endpoint to endpoint
    /// by index, and starts after the endpoint where the previous batch ended, so that the first
    /// endpoints are not favoured. A claimed delivery is due again when its lease expires.
    private static final String CLAIM =
            """
            with recursive pending as (
                (select endpoint_id from due_delivery where endpoint_id > $5 order by endpoint_id limit 1)
                union all
                select (
                    select d.endpoint_id from due_delivery d
                    where d.endpoint_id > p.endpoint_id order by d.endpoint_id limit 1)
                from pending p where p.endpoint_id is not null
            ), due as (
                select d.endpoint_id, d.event_id
                from pending p
                join webhook_endpoint e on e.id = p.endpoint_id
                cross join lateral (
                    select endpoint_id, event_id from due_delivery
                    where endpoint_id = p.endpoint_id and due_at <= now()
                    order by due_at
                    limit $1 - coalesce((
                        select f.deliveries from unnest($2::uuid[], $6::int[]) as f (id, deliveries)
                        where f.id = p.endpoint_id), 0)
                    for update skip locked
                ) d
                where e.status = 'enabled'
                    and (e.paused_until is null or e.paused_until <= now())
                limit $3
            ), claimed as (
                update due_delivery t
                set attempt = t.attempt + 1, due_at = now() + $4 * interval '1 millisecond'
                from due
                where t.endpoint_id = due.endpoint_id and t.event_id = due.event_id
                returning t.account_id, t.endpoint_id, t.event_id, t.attempt
            )
            select t.account_id, t.endpoint_id, t.event_id, t.attempt, e.url, e.encrypted_secret,
                v.type, v.body
            from claimed t
            join webhook_endpoint e on e.id = t.endpoint_id
            join event v on v.account_id = t.account_id and v.id = t.event_id
            """;

    private final Pool pool;

    DeliveryStore(Pool pool) {
        this.pool = pool;
    }

    /// Adds the deliveries of these messages in one transaction.
    Uni<Void> add(List<WebhookMessage> messages) {
        return pool.withTransaction(transaction ->
                Multi.createFrom()
                        .iterable(messages)
                        .onItem()
                        .transformToUniAndConcatenate(message -> add(transaction, message))
                        .collect()
                        .last()
                        .replaceWithVoid());
    }

    private static Uni<Void> add(SqlConnection transaction, WebhookMessage message) {
        return transaction
                .preparedQuery(ADD)
                .execute(
                        Tuple.of(
                                message.accountId(),
                                message.eventId(),
                                message.type(),
                                message.body(),
                                message.createdAt().atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /// Claims due deliveries.
    ///
    /// @param perEndpoint the maximum per endpoint, including those in flight
    /// @param inFlight how many are in flight per endpoint, at most `perEndpoint` each
    /// @param after the endpoint after which to start
    Uni<List<Delivery>> claim(
            int perEndpoint, Map<UUID, Integer> inFlight, int limit, Duration lease, UUID after) {
        UUID[] endpoints = inFlight.keySet().toArray(UUID[]::new);
        Integer[] counts = Stream.of(endpoints).map(inFlight::get).toArray(Integer[]::new);
        return pool.preparedQuery(CLAIM)
                .execute(
                        Tuple.tuple()
                                .addInteger(perEndpoint)
                                .addArrayOfUUID(endpoints)
                                .addInteger(limit)
                                .addLong(lease.toMillis())
                                .addUUID(after)
                                .addArrayOfInteger(counts))
                .map(DeliveryStore::deliveries);
    }

    private static List<Delivery> deliveries(RowSet<Row> rows) {
        List<Delivery> deliveries = new ArrayList<>();
        for (Row row : rows) {
            deliveries.add(
                    new Delivery(
                            row.getUUID("account_id"),
                            row.getUUID("endpoint_id"),
                            row.getUUID("event_id"),
                            row.getInteger("attempt"),
                            row.getString("url"),
                            row.getBuffer("encrypted_secret"),
                            row.getString("type"),
                            row.getString("body")));
        }
        return deliveries;
    }
}

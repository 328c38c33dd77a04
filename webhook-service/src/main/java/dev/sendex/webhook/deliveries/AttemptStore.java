package dev.sendex.webhook.deliveries;

import dev.sendex.webhook.deliveries.DeliveryAttempt.Result;
import dev.sendex.webhook.endpoints.EndpointAudit;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Records the results of attempts. A finished delivery is removed from `due_delivery` in the same
/// transaction.
@ApplicationScoped
class AttemptStore {

    /// Whether this is still the delivery's current attempt. If its lease expired and another
    /// attempt has started, its result must not be recorded. Locks the endpoint before the
    /// delivery, in the same order as the removal of an endpoint, to avoid deadlocks.
    private static final String IS_CURRENT =
            """
            with endpoint as materialized (
                select id from webhook_endpoint where id = $1 for key share
            )
            select from due_delivery d join endpoint e on e.id = d.endpoint_id
            where d.endpoint_id = $1 and d.event_id = $2 and d.attempt = $3
            for update of d
            """;

    private static final String RECORD =
            """
            with counted as (
                update delivery set attempts = $4, status = $10
                where account_id = $1 and endpoint_id = $2 and event_id = $3
                returning account_id
            )
            insert into attempt (account_id, endpoint_id, event_id, number, started_at, latency_ms,
                status, response, error)
            select $1, $2, $3, $4, $5, $6, $7, $8, $9 from counted
            on conflict on constraint attempt_pk do nothing
            """;
    private static final String FINISH =
            "delete from due_delivery where endpoint_id = $1 and event_id = $2";
    private static final String RETRY =
            """
            update due_delivery set due_at = now() + $3 * interval '1 millisecond'
            where endpoint_id = $1 and event_id = $2
            """;
    private static final String RESET_FAILURES =
            """
            update webhook_endpoint set failing_since = null, failures = 0, paused_until = null
            where id = $1 and failures > 0
            """;
    private static final String COUNT_FAILURE =
            """
            update webhook_endpoint
            set failing_since = coalesce(failing_since, now()),
                failures = failures + 1,
                paused_until = case
                    when failures + 1 >= $2 then now() + $3 * interval '1 millisecond' end
            where id = $1
            returning failing_since < now() - $4 * interval '1 millisecond' as too_long
            """;
    private static final String DISABLE =
            "update webhook_endpoint set status = 'disabled' where id = $1 and status = 'enabled'";

    private final Pool pool;
    private final EndpointAudit audit;
    private final DeliveryConfig config;

    AttemptStore(Pool pool, EndpointAudit audit, DeliveryConfig config) {
        this.pool = pool;
        this.audit = audit;
        this.config = config;
    }

    Uni<Void> add(Delivery delivery, DeliveryAttempt attempt) {
        return pool.withTransaction(transaction ->
                isCurrent(transaction, delivery)
                        .chain(current ->
                                current
                                        ? applyResult(transaction, delivery, attempt)
                                        : dropOutcome(delivery)));
    }

    private static Uni<Boolean> isCurrent(SqlConnection transaction, Delivery delivery) {
        return transaction
                .preparedQuery(IS_CURRENT)
                .execute(Tuple.of(delivery.endpointId(), delivery.eventId(), delivery.attempt()))
                .map(rows -> rows.size() == 1);
    }

    private static Uni<Void> dropOutcome(Delivery delivery) {
        Log.warnf(
                "outcome of an expired attempt dropped endpointId=%s eventId=%s attempt=%d",
                delivery.endpointId(), delivery.eventId(), delivery.attempt());
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> applyResult(
            SqlConnection transaction, Delivery delivery, DeliveryAttempt attempt) {
        return switch (attempt.result()) {
            case Result.Delivered(int status, String response) ->
                    record(transaction, delivery, attempt, "delivered", status, response, null)
                            .chain(() -> finish(transaction, delivery))
                            .chain(() ->
                                    run(
                                            transaction,
                                            RESET_FAILURES,
                                            Tuple.of(delivery.endpointId())));
            case Result.Gone(String response) ->
                    record(transaction, delivery, attempt, "failed", 410, response, null)
                            .chain(() -> finish(transaction, delivery))
                            .chain(() -> disable(transaction, delivery, "It answered 410 Gone."));
            case Result.Refused(int status, String response, Duration retryAfter) ->
                    retryLater(transaction, delivery, attempt, status, response, null, retryAfter);
            case Result.Failed(String error) ->
                    retryLater(transaction, delivery, attempt, null, null, error, null);
        };
    }

    private Uni<Void> retryLater(
            SqlConnection transaction,
            Delivery delivery,
            DeliveryAttempt attempt,
            @Nullable Integer status,
            @Nullable String response,
            @Nullable String error,
            @Nullable Duration retryAfter) {
        Duration pause =
                DeliveryRetrySchedule.after(
                        delivery.attempt(), retryAfter, ThreadLocalRandom.current());
        String state = pause == null ? "failed" : "pending";
        return record(transaction, delivery, attempt, state, status, response, error)
                .chain(() -> retryOrFinish(transaction, delivery, pause))
                .chain(() -> countFailure(transaction, delivery));
    }

    private static Uni<Void> record(
            SqlConnection transaction,
            Delivery delivery,
            DeliveryAttempt attempt,
            String state,
            @Nullable Integer status,
            @Nullable String response,
            @Nullable String error) {
        Tuple values =
                Tuple.tuple()
                        .addUUID(delivery.accountId())
                        .addUUID(delivery.endpointId())
                        .addUUID(delivery.eventId())
                        .addInteger(delivery.attempt())
                        .addOffsetDateTime(attempt.startedAt().atOffset(ZoneOffset.UTC))
                        .addInteger((int) attempt.latency().toMillis())
                        .addInteger(status)
                        .addString(response)
                        .addString(error)
                        .addString(state);
        return run(transaction, RECORD, values);
    }

    private static Uni<Void> retryOrFinish(
            SqlConnection transaction, Delivery delivery, @Nullable Duration pause) {
        return pause == null
                ? finish(transaction, delivery)
                : run(
                        transaction,
                        RETRY,
                        Tuple.of(delivery.endpointId(), delivery.eventId(), pause.toMillis()));
    }

    private static Uni<Void> finish(SqlConnection transaction, Delivery delivery) {
        return run(transaction, FINISH, Tuple.of(delivery.endpointId(), delivery.eventId()));
    }

    private Uni<Void> countFailure(SqlConnection transaction, Delivery delivery) {
        return transaction
                .preparedQuery(COUNT_FAILURE)
                .execute(
                        Tuple.of(
                                delivery.endpointId(),
                                config.pauseAfter(),
                                config.pause().toMillis(),
                                config.disableAfter().toMillis()))
                .map(AttemptStore::failsTooLong)
                .chain(tooLong ->
                        tooLong
                                ? disable(transaction, delivery, "It has failed for too long.")
                                : Uni.createFrom().voidItem());
    }

    /// No row if the endpoint was removed meanwhile.
    private static boolean failsTooLong(RowSet<Row> rows) {
        return rows.size() == 1 && rows.iterator().next().getBoolean("too_long");
    }

    private Uni<Void> disable(SqlConnection transaction, Delivery delivery, String reason) {
        return transaction
                .preparedQuery(DISABLE)
                .execute(Tuple.of(delivery.endpointId()))
                .chain(answer ->
                        answer.rowCount() == 1
                                ? disabled(transaction, delivery, reason)
                                : Uni.createFrom().voidItem());
    }

    private Uni<Void> disabled(SqlConnection transaction, Delivery delivery, String reason) {
        Log.infof(
                "webhook endpoint disabled endpointId=%s reason=%s", delivery.endpointId(), reason);
        return audit.disabled(transaction, delivery.accountId(), delivery.endpointId(), reason);
    }

    private static Uni<Void> run(SqlConnection transaction, String statement, Tuple values) {
        return transaction.preparedQuery(statement).execute(values).replaceWithVoid();
    }
}

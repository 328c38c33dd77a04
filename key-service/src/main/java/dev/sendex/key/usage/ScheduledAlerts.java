package dev.sendex.key.usage;

import static dev.sendex.key.usage.UsageStore.time;

import dev.sendex.common.background.BackgroundTask;
import dev.sendex.common.database.Rows;
import dev.sendex.common.event.KeyEventType;
import dev.sendex.key.usage.Alerts.Alert;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Raises alerts about unused keys and about keys that are about to expire. The alert's row and its
/// event are written in one transaction, and the row is unique, so that two instances never raise
/// the same alert.
@ApplicationScoped
class ScheduledAlerts {

    private static final int BATCH_SIZE = 500;

    /// A key keeps only its latest alert of each kind.
    private static final String OUTDATED =
            """
            delete from key_alert n using raised
            where n.account_id = raised.account_id and n.key_id = raised.key_id
                and n.alert = raised.alert and n.reference_time <> raised.reference_time
            """;

    /// A key that was used again and then became unused again gets another alert.
    private static final String UNUSED =
            """
            with due as (
                select k.account_id, k.id as key_id, k.name, k.hint, k.created_at, u.last_used_at,
                    coalesce(u.last_used_at, k.created_at) as reference_time
                from api_key k
                left join key_use u on u.account_id = k.account_id and u.key_id = k.id
                where k.revoked_at is null and (k.expires_at is null or k.expires_at > $1)
                    and coalesce(u.last_used_at, k.created_at) <= $2
                    and not exists (
                        select from key_alert n
                        where n.account_id = k.account_id and n.key_id = k.id
                            and n.alert = 'unused'
                            and n.reference_time = coalesce(u.last_used_at, k.created_at))
                limit $3
            ), raised as (
                insert into key_alert (account_id, key_id, alert, reference_time, notified_at)
                select account_id, key_id, 'unused', reference_time, $1 from due order by 1, 2
                on conflict on constraint key_alert_pk do nothing
                returning account_id, key_id, alert, reference_time
            ), outdated as (%s)
            select due.* from due join raised using (account_id, key_id)
            """
                    .formatted(OUTDATED);

    /// A key whose whole lifetime is shorter than the lead time gets no such alert. A key with a
    /// changed expiry gets another one.
    private static final String EXPIRING =
            """
            with due as (
                select k.account_id, k.id as key_id, k.name, k.hint, k.expires_at
                from api_key k
                where k.revoked_at is null and k.expires_at > $1 and k.expires_at <= $2
                    and k.created_at <= k.expires_at - $3::bigint * interval '1 second'
                    and not exists (
                        select from key_alert n
                        where n.account_id = k.account_id and n.key_id = k.id and n.alert = $4
                            and n.reference_time = k.expires_at)
                order by k.expires_at
                limit $5
            ), raised as (
                insert into key_alert (account_id, key_id, alert, reference_time, notified_at)
                select account_id, key_id, $4, expires_at, $6 from due order by 1, 2
                on conflict on constraint key_alert_pk do nothing
                returning account_id, key_id, alert, reference_time
            ), outdated as (%s)
            select due.* from due join raised using (account_id, key_id)
            """
                    .formatted(OUTDATED);

    /// Uses the time of the database, since the clocks of instances may differ.
    private static final String CLAIM_UNUSED =
            """
            update key_alert_run set due_at = now() + $1 * interval '1 millisecond'
            where alert = 'unused' and due_at <= now()
            """;

    private final AlertConfig config;
    private final Alerts alerts;
    private final Pool pool;
    private final Clock clock;
    private final BackgroundTask task;

    ScheduledAlerts(AlertConfig config, Alerts alerts, Pool pool, Vertx vertx, Clock clock) {
        this.config = config;
        this.alerts = alerts;
        this.pool = pool;
        this.clock = clock;
        this.task = new BackgroundTask(vertx, "notification", this::raiseDue);
    }

    void start(@Observes StartupEvent started) {
        task.start(config.interval());
    }

    void stop(@Observes ShutdownEvent stopped) {
        task.stop();
    }

    private Uni<Boolean> raiseDue() {
        return raiseExpiring()
                .chain(this::claimUnused)
                .chain(claimed -> claimed ? raiseUnused() : Uni.createFrom().voidItem())
                .replaceWith(false);
    }

    /// Claims the check for unused keys if it is due. It reads all keys, so only one instance runs
    /// it, and rarely: such keys have been unused for months.
    Uni<Boolean> claimUnused() {
        return pool.preparedQuery(CLAIM_UNUSED)
                .execute(Tuple.of(config.unusedInterval().toMillis()))
                .map(claimed -> claimed.rowCount() == 1);
    }

    Uni<Void> raiseUnused() {
        return raiseAll(this::unused);
    }

    Uni<Void> raiseExpiring() {
        Uni<Void> all = Uni.createFrom().voidItem();
        List<Duration> leads = new ArrayList<>(config.beforeExpiry());
        leads.sort(null);
        Duration shorter = Duration.ZERO;
        for (Duration lead : leads) {
            Duration after = shorter;
            all = all.chain(() -> raiseAll(transaction -> expiring(transaction, after, lead)));
            shorter = lead;
        }
        return all;
    }

    private Uni<Void> raiseAll(Function<SqlConnection, Uni<List<Alert>>> query) {
        return pool.withTransaction(transaction ->
                        query.apply(transaction).call(raised -> alerts.raise(transaction, raised)))
                .invoke(alerts::wake)
                .chain(raised ->
                        raised.size() < BATCH_SIZE ? Uni.createFrom().voidItem() : raiseAll(query));
    }

    private Uni<List<Alert>> unused(SqlConnection transaction) {
        Instant now = clock.instant();
        Tuple parameters = Tuple.of(time(now), time(now.minus(config.unusedAfter())), BATCH_SIZE);
        return Alerts.query(transaction, UNUSED, parameters, ScheduledAlerts::unusedKey);
    }

    private Uni<List<Alert>> expiring(SqlConnection transaction, Duration after, Duration lead) {
        Instant now = clock.instant();
        Tuple parameters =
                Tuple.of(
                        time(now.plus(after)),
                        time(now.plus(lead)),
                        lead.toSeconds(),
                        "expiring_" + lead,
                        BATCH_SIZE,
                        time(now));
        return Alerts.query(transaction, EXPIRING, parameters, row -> expiringKey(row, lead));
    }

    private static Alert unusedKey(Row row) {
        return new Alert(
                row.getUUID("account_id"),
                KeyEventType.UNUSED,
                new Alert.Data.Unused(
                        row.getUUID("key_id"),
                        row.getString("name"),
                        row.getString("hint"),
                        row.getOffsetDateTime("created_at").toInstant(),
                        Rows.time(row, "last_used_at")));
    }

    private static Alert expiringKey(Row row, Duration lead) {
        return new Alert(
                row.getUUID("account_id"),
                KeyEventType.EXPIRING,
                new Alert.Data.Expiring(
                        row.getUUID("key_id"),
                        row.getString("name"),
                        row.getString("hint"),
                        row.getOffsetDateTime("expires_at").toInstant(),
                        lead.toDays()));
    }
}

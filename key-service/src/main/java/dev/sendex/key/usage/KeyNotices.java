package dev.sendex.key.usage;

import static dev.sendex.key.usage.UsageStore.time;

import dev.sendex.common.background.BackgroundTask;
import dev.sendex.common.event.KeyEventType;
import dev.sendex.key.usage.Signals.Signal;
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
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Tells of keys that are not used, and of keys that are about to expire. The row of a notice and
/// its event are one transaction, and there can be only one such row: whoever else looks at the
/// same time tells nothing, and nothing is told twice.
@ApplicationScoped
class KeyNotices {

    private static final int BATCH_SIZE = 500;

    /// A key keeps the latest notice of each kind; what the earlier ones were about is over.
    private static final String OUTDATED =
            """
            delete from key_notice n using told
            where n.account_id = told.account_id and n.key_id = told.key_id
                and n.notice = told.notice and n.about <> told.about
            """;

    /// A key that is used again and then not for as long as before is told again.
    private static final String UNUSED =
            """
            with due as (
                select k.account_id, k.id as key_id, k.name, k.hint, k.created_at, u.last_used_at,
                    coalesce(u.last_used_at, k.created_at) as about
                from api_key k
                left join key_use u on u.account_id = k.account_id and u.key_id = k.id
                where k.revoked_at is null and (k.expires_at is null or k.expires_at > $1)
                    and coalesce(u.last_used_at, k.created_at) <= $2
                    and not exists (
                        select from key_notice n
                        where n.account_id = k.account_id and n.key_id = k.id
                            and n.notice = 'unused'
                            and n.about = coalesce(u.last_used_at, k.created_at))
                limit $3
            ), told as (
                insert into key_notice (account_id, key_id, notice, about, told_at)
                select account_id, key_id, 'unused', about, $1 from due order by 1, 2
                on conflict on constraint key_notice_pk do nothing
                returning account_id, key_id, notice, about
            ), outdated as (%s)
            select due.* from due join told using (account_id, key_id)
            """
                    .formatted(OUTDATED);

    /// A key that was made for a shorter time than the notice is long needs no such notice. A key
    /// that got another expiry is told again.
    private static final String EXPIRING =
            """
            with due as (
                select k.account_id, k.id as key_id, k.name, k.hint, k.expires_at
                from api_key k
                where k.revoked_at is null and k.expires_at > $1 and k.expires_at <= $2
                    and k.created_at <= k.expires_at - $3::bigint * interval '1 second'
                    and not exists (
                        select from key_notice n
                        where n.account_id = k.account_id and n.key_id = k.id and n.notice = $4
                            and n.about = k.expires_at)
                order by k.expires_at
                limit $5
            ), told as (
                insert into key_notice (account_id, key_id, notice, about, told_at)
                select account_id, key_id, $4, expires_at, $6 from due order by 1, 2
                on conflict on constraint key_notice_pk do nothing
                returning account_id, key_id, notice, about
            ), outdated as (%s)
            select due.* from due join told using (account_id, key_id)
            """
                    .formatted(OUTDATED);

    /// The database's time decides, so that instances need not agree on it.
    private static final String CLAIM_UNUSED =
            """
            update key_notice_run set due_at = now() + $1 * interval '1 millisecond'
            where notice = 'unused' and due_at <= now()
            """;

    private final SignalConfig config;
    private final Signals signals;
    private final Pool pool;
    private final Clock clock;
    private final BackgroundTask task;

    KeyNotices(SignalConfig config, Signals signals, Pool pool, Vertx vertx, Clock clock) {
        this.config = config;
        this.signals = signals;
        this.pool = pool;
        this.clock = clock;
        this.task = new BackgroundTask(vertx, "notification", this::tellDue);
    }

    void start(@Observes StartupEvent started) {
        task.start(config.interval());
    }

    void stop(@Observes ShutdownEvent stopped) {
        task.stop();
    }

    private Uni<Boolean> tellDue() {
        return tellExpiring()
                .chain(this::claimUnused)
                .chain(claimed -> claimed ? tellUnused() : Uni.createFrom().voidItem())
                .replaceWith(false);
    }

    /// Whether it is time to look for unused keys, and nobody else does. It is a look at all keys,
    /// so it is taken by one instance, and not often: such a key has been unused for months.
    Uni<Boolean> claimUnused() {
        return pool.preparedQuery(CLAIM_UNUSED)
                .execute(Tuple.of(config.unusedInterval().toMillis()))
                .map(claimed -> claimed.rowCount() == 1);
    }

    Uni<Void> tellUnused() {
        return tellAll(this::unused);
    }

    Uni<Void> tellExpiring() {
        Uni<Void> all = Uni.createFrom().voidItem();
        List<Duration> leads = new ArrayList<>(config.beforeExpiry());
        leads.sort(null);
        Duration shorter = Duration.ZERO;
        for (Duration lead : leads) {
            Duration after = shorter;
            all = all.chain(() -> tellAll(transaction -> expiring(transaction, after, lead)));
            shorter = lead;
        }
        return all;
    }

    private Uni<Void> tellAll(Function<SqlConnection, Uni<List<Signal>>> notices) {
        return pool.withTransaction(transaction ->
                        notices.apply(transaction).call(told -> signals.tell(transaction, told)))
                .invoke(signals::wake)
                .chain(told ->
                        told.size() < BATCH_SIZE ? Uni.createFrom().voidItem() : tellAll(notices));
    }

    private Uni<List<Signal>> unused(SqlConnection transaction) {
        Instant now = clock.instant();
        Tuple parameters = Tuple.of(time(now), time(now.minus(config.unusedAfter())), BATCH_SIZE);
        return Signals.query(transaction, UNUSED, parameters, KeyNotices::unusedKey);
    }

    private Uni<List<Signal>> expiring(SqlConnection transaction, Duration after, Duration lead) {
        Instant now = clock.instant();
        Tuple parameters =
                Tuple.of(
                        time(now.plus(after)),
                        time(now.plus(lead)),
                        lead.toSeconds(),
                        "expiring_" + lead,
                        BATCH_SIZE,
                        time(now));
        return Signals.query(transaction, EXPIRING, parameters, row -> expiringKey(row, lead));
    }

    private static Signal unusedKey(Row row) {
        OffsetDateTime lastUsedAt = row.getOffsetDateTime("last_used_at");
        return new Signal(
                row.getUUID("account_id"),
                KeyEventType.UNUSED,
                new Signal.Data.Unused(
                        row.getUUID("key_id"),
                        row.getString("name"),
                        row.getString("hint"),
                        row.getOffsetDateTime("created_at").toInstant(),
                        lastUsedAt == null ? null : lastUsedAt.toInstant()));
    }

    private static Signal expiringKey(Row row, Duration lead) {
        return new Signal(
                row.getUUID("account_id"),
                KeyEventType.EXPIRING,
                new Signal.Data.Expiring(
                        row.getUUID("key_id"),
                        row.getString("name"),
                        row.getString("hint"),
                        row.getOffsetDateTime("expires_at").toInstant(),
                        lead.toDays()));
    }
}

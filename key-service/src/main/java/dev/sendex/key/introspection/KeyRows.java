package dev.sendex.key.introspection;

import static dev.sendex.key.clients.IntrospectionConnections.INTROSPECTION;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Reads keys in batches: concurrent lookups share one statement. A lookup starts at once if no
/// statement is in flight; otherwise it waits and becomes part of the next statement. The higher
/// the load, the cheaper each lookup.
///
/// For an id that does not exist, the row of another key is read and ignored, so that the response
/// time does not reveal whether the key exists. The ids are in a subquery to hide their number from
/// the planner: otherwise PostgreSQL would prefer a custom plan for this number of ids and plan
/// every statement again, which costs more than executing it.
@ApplicationScoped
class KeyRows {

    static final String READ =
            """
            select asked.id as asked_id, key.id, key.account_id, type, environment, permissions,
                allowed_domains, allowed_ips, allowed_endpoints,
                rate_limit, rate_window_seconds, rate_shared_with,
                sending_total, sending_per_day, sending_per_month, sending_shared_with,
                token_mac, pepper_version,
                previous_token_mac, previous_pepper_version, previous_expires_at,
                version, key.created_at, expires_at, revoked_at, role
            from unnest((select $1::uuid[])) as asked(id)
            left join api_key key on key.id = coalesce(
                (select id from api_key where id = asked.id),
                (select id from api_key order by id limit 1))
            left join member on member.id = owner_id and member.account_id = key.account_id
            """;

    private static final int KEYS_PER_STATEMENT = 64;
    private static final int MAX_WAITING = 10_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Pool pool;
    private final Queue<Lookup> waiting = new ArrayDeque<>();
    private boolean inFlight;

    /// @param context to deliver the result on, null for any
    private record Lookup(
            UUID keyId, UniEmitter<? super @Nullable Row> answer, @Nullable Context context) {

        void answer(@Nullable Row row) {
            onContext(() -> answer.complete(row));
        }

        void fail(Throwable failure) {
            onContext(() -> answer.fail(failure));
        }

        private void onContext(Runnable answering) {
            if (context == null) {
                answering.run();
            } else {
                context.runOnContext(_ -> answering.run());
            }
        }
    }

    KeyRows(@ReactiveDataSource(INTROSPECTION) Pool pool) {
        this.pool = pool;
    }

    /// The row of this key, or null if there is none. Fails if too many lookups are waiting, or if
    /// the database does not answer within five seconds; then all waiting lookups fail as well.
    Uni<@Nullable Row> find(UUID keyId) {
        return Uni.createFrom()
                .emitter(answer -> start(new Lookup(keyId, answer, Vertx.currentContext())));
    }

    private void start(Lookup lookup) {
        if (!enqueue(lookup)) {
            lookup.fail(new IllegalStateException("too many key lookups are waiting"));
        }
        read(next());
    }

    private synchronized boolean enqueue(Lookup lookup) {
        return waiting.size() < MAX_WAITING && waiting.add(lookup);
    }

    private synchronized List<Lookup> next() {
        if (inFlight || waiting.isEmpty()) {
            return List.of();
        }
        inFlight = true;
        List<Lookup> next = new ArrayList<>();
        while (next.size() < KEYS_PER_STATEMENT && !waiting.isEmpty()) {
            next.add(waiting.remove());
        }
        return next;
    }

    private synchronized void ended() {
        inFlight = false;
    }

    private void read(List<Lookup> lookups) {
        if (lookups.isEmpty()) {
            return;
        }
        UUID[] ids = lookups.stream().map(Lookup::keyId).distinct().toArray(UUID[]::new);
        Future.succeededFuture(Tuple.tuple().addArrayOfUUID(ids))
                .compose(this::rows)
                .map(KeyRows::byId)
                .onSuccess(rows -> {
                    readNext();
                    lookups.forEach(lookup -> lookup.answer(known(rows.get(lookup.keyId()))));
                })
                .onFailure(failure -> {
                    lookups.forEach(lookup -> lookup.fail(failure));
                    allWaiting().forEach(lookup -> lookup.fail(failure));
                });
    }

    private Future<RowSet<Row>> rows(Tuple ids) {
        return pool.preparedQuery(READ).execute(ids).timeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }

    private void readNext() {
        ended();
        read(next());
    }

    private synchronized List<Lookup> allWaiting() {
        inFlight = false;
        List<Lookup> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    private static Map<UUID, Row> byId(RowSet<Row> rows) {
        Map<UUID, Row> byId = new HashMap<>();
        rows.forEach(row -> byId.put(row.getUUID("asked_id"), row));
        return byId;
    }

    private static @Nullable Row known(@Nullable Row row) {
        return row != null && row.getUUID("asked_id").equals(row.getUUID("id")) ? row : null;
    }
}

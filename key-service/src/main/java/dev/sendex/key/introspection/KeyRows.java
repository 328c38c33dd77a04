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

/// Reads keys, for everyone who asks at about the same time in one statement. A question that finds
/// nothing under way is put at once; while a statement is, questions gather for the next. The
/// busier it gets, the less each costs.
///
/// For an id that no key has, another key's row is read and put aside, since whatever is left out
/// takes time that could be told. The ids are in a subquery so that PostgreSQL cannot count them
/// while it plans: it would think a plan for just these few cheaper than the one for any, and plan
/// every statement anew, which costs more than to execute it.
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
    private final Queue<Question> waiting = new ArrayDeque<>();
    private boolean isUnderWay;

    /// @param asker where the answer has to arrive, null for anywhere
    private record Question(
            UUID keyId, UniEmitter<? super @Nullable Row> answer, @Nullable Context asker) {

        void answer(@Nullable Row row) {
            onContext(() -> answer.complete(row));
        }

        void fail(Throwable failure) {
            onContext(() -> answer.fail(failure));
        }

        private void onContext(Runnable answering) {
            if (asker == null) {
                answering.run();
            } else {
                asker.runOnContext(_ -> answering.run());
            }
        }
    }

    KeyRows(@ReactiveDataSource(INTROSPECTION) Pool pool) {
        this.pool = pool;
    }

    /// The row of this key, or null where there is none. Fails where the database does not answer a
    /// statement within five seconds, with all who wait for the next, and where too many do.
    Uni<@Nullable Row> find(UUID keyId) {
        return Uni.createFrom()
                .emitter(answer -> ask(new Question(keyId, answer, Vertx.currentContext())));
    }

    private void ask(Question question) {
        if (!enqueue(question)) {
            question.fail(new IllegalStateException("too many keys are waiting to be read"));
        }
        read(next());
    }

    private synchronized boolean enqueue(Question question) {
        return waiting.size() < MAX_WAITING && waiting.add(question);
    }

    private synchronized List<Question> next() {
        if (isUnderWay || waiting.isEmpty()) {
            return List.of();
        }
        isUnderWay = true;
        List<Question> next = new ArrayList<>();
        while (next.size() < KEYS_PER_STATEMENT && !waiting.isEmpty()) {
            next.add(waiting.remove());
        }
        return next;
    }

    private synchronized void ended() {
        isUnderWay = false;
    }

    private void read(List<Question> questions) {
        if (questions.isEmpty()) {
            return;
        }
        UUID[] ids = questions.stream().map(Question::keyId).distinct().toArray(UUID[]::new);
        Future.succeededFuture(Tuple.tuple().addArrayOfUUID(ids))
                .compose(this::rows)
                .map(KeyRows::byId)
                .onSuccess(rows -> {
                    readNext();
                    questions.forEach(q -> q.answer(known(rows.get(q.keyId()))));
                })
                .onFailure(failure -> {
                    questions.forEach(q -> q.fail(failure));
                    allWaiting().forEach(q -> q.fail(failure));
                });
    }

    private Future<RowSet<Row>> rows(Tuple ids) {
        return pool.preparedQuery(READ).execute(ids).timeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }

    private void readNext() {
        ended();
        read(next());
    }

    private synchronized List<Question> allWaiting() {
        isUnderWay = false;
        List<Question> all = List.copyOf(waiting);
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

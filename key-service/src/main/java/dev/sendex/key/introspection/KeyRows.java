package dev.sendex.key.introspection;

import static dev.sendex.key.clients.IntrospectionConnections.INTROSPECTION;

import dev.sendex.common.database.Batcher;
import dev.sendex.common.database.Batcher.Limits;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Reads keys in batches: concurrent lookups share one statement.
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

    private static final Limits LIMITS = Limits.ofItems(64, 10_000, 1);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Pool pool;
    private final Batcher<UUID, Optional<Row>> lookups = new Batcher<>(LIMITS, _ -> 0, this::read);

    KeyRows(@ReactiveDataSource(INTROSPECTION) Pool pool) {
        this.pool = pool;
    }

    /// The row of this key, or null if there is none. Fails if too many lookups are waiting, or if
    /// the database does not answer within five seconds; then all waiting lookups fail as well.
    Uni<@Nullable Row> find(UUID keyId) {
        return lookups.submit(keyId).map(row -> row.orElse(null));
    }

    private Uni<List<Optional<Row>>> read(List<UUID> ids) {
        UUID[] distinct = ids.stream().distinct().toArray(UUID[]::new);
        Future<List<Optional<Row>>> rows =
                pool.preparedQuery(READ)
                        .execute(Tuple.tuple().addArrayOfUUID(distinct))
                        .timeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                        .map(found -> inOrder(ids, byId(found)));
        return Uni.createFrom().completionStage(rows.toCompletionStage());
    }

    private static List<Optional<Row>> inOrder(List<UUID> ids, Map<UUID, Row> rows) {
        return ids.stream()
                .map(id -> Optional.ofNullable(rows.get(id)).filter(KeyRows::isKnown))
                .toList();
    }

    private static Map<UUID, Row> byId(RowSet<Row> rows) {
        Map<UUID, Row> byId = new HashMap<>();
        rows.forEach(row -> byId.put(row.getUUID("asked_id"), row));
        return byId;
    }

    private static boolean isKnown(Row row) {
        return row.getUUID("asked_id").equals(row.getUUID("id"));
    }
}

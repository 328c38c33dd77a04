package dev.sendex.key.usage;

import dev.sendex.common.database.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// Reads when keys were last used.
@ApplicationScoped
public class KeyUses {

    private static final String READ =
            """
            select key_id, first_used_at, last_used_at, last_used_ip
            from key_use where account_id = $1 and key_id = any($2)
            """;

    private final Pool pool;
    private final Clock clock;

    KeyUses(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /// The use of these keys, without those that were never used.
    public Uni<Map<UUID, KeyUse>> of(UUID accountId, Collection<UUID> keyIds) {
        if (keyIds.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return pool.preparedQuery(READ)
                .execute(Tuple.of(accountId, keyIds.toArray(UUID[]::new)))
                .map(this::uses);
    }

    private Map<UUID, KeyUse> uses(RowSet<Row> rows) {
        Instant now = clock.instant();
        Map<UUID, KeyUse> uses = new HashMap<>();
        rows.forEach(row -> uses.put(row.getUUID("key_id"), use(row, now)));
        return uses;
    }

    static KeyUse use(Row row, Instant now) {
        Instant lastUsedAt = Rows.time(row, "last_used_at");
        return new KeyUse(
                Rows.time(row, "first_used_at"),
                lastUsedAt,
                row.getString("last_used_ip"),
                UsageStatus.at(now, lastUsedAt));
    }
}

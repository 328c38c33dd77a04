package dev.sendex.key.audit;

import dev.sendex.common.audit.Actor;
import dev.sendex.common.audit.AuditRecord.Target;
import io.vertx.mutiny.sqlclient.Row;
import org.jspecify.annotations.Nullable;

/// An event as read from the database, where it may have been altered.
///
/// @param hash the stored hash
record StoredEvent(AuditEvent event, String hash) {

    static final String COLUMNS =
            """
            account_id, sequence, id, occurred_at, action, actor_type, actor_id, actor_session_id,
                ip, target_type, target_id, before, after,
                encode(previous_hash, 'hex') as previous_hash, encode(hash, 'hex') as hash
            """;

    static StoredEvent of(Row row) {
        return new StoredEvent(
                new AuditEvent(
                        row.getUUID("account_id"),
                        row.getLong("sequence"),
                        row.getUUID("id"),
                        row.getOffsetDateTime("occurred_at").toInstant(),
                        row.getString("action"),
                        new Actor(
                                row.getString("actor_type"),
                                row.getUUID("actor_id"),
                                row.getUUID("actor_session_id")),
                        row.getString("ip"),
                        new Target(row.getString("target_type"), row.getUUID("target_id")),
                        row.getString("before"),
                        row.getString("after"),
                        row.getString("previous_hash")),
                row.getString("hash"));
    }

    /// What is wrong with it as the successor of that event; null if it is valid.
    @Nullable String errorAfter(long sequence, String previousHash) {
        if (event.sequence() != sequence + 1) {
            return "an event is missing before it";
        }
        if (!event.previousHash().equals(previousHash)) {
            return "its previous hash is not that of its predecessor";
        }
        return event.hash().equals(hash) ? null : "its content does not match its hash";
    }
}

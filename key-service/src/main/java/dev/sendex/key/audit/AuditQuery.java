package dev.sendex.key.audit;

import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A query for an account's events that contains only the conditions in use: optional conditions
/// such as `$2 is null or …` would keep PostgreSQL from using an index.
final class AuditQuery {

    private final StringBuilder text =
            new StringBuilder(
                    "select %s from audit_event where account_id = $1"
                            .formatted(StoredEvent.COLUMNS));
    private final Tuple parameters;

    private AuditQuery(UUID accountId) {
        parameters = Tuple.of(accountId);
    }

    static AuditQuery of(UUID accountId, AuditFilter filter) {
        return new AuditQuery(accountId)
                .where("action = %s", filter.action())
                .where("actor_id = %s", filter.actor())
                .where("target_id = %s", filter.target())
                .where("target_type = %s", filter.targetType())
                .where("ip::inet <<= %s::text::inet", text(filter.ip()))
                .where("occurred_at >= %s", time(filter.since()))
                .where("occurred_at < %s", time(filter.until()));
    }

    private AuditQuery where(String condition, @Nullable Object value) {
        return value == null ? this : and("and " + condition, value);
    }

    /// Adds a part of the statement, in which `%s` stands for the value.
    AuditQuery and(String part, Object value) {
        parameters.addValue(value);
        return and(part.formatted("$" + parameters.size()));
    }

    AuditQuery and(String part) {
        text.append(' ').append(part);
        return this;
    }

    /// Adds the value of a trailing `limit`.
    AuditQuery limit(int events) {
        return and("%s", events);
    }

    String text() {
        return text.toString();
    }

    Tuple parameters() {
        return parameters;
    }

    private static @Nullable Object text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static @Nullable Object time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}

package dev.sendex.key.audit;

import dev.sendex.common.audit.Actor;
import dev.sendex.common.audit.AuditRecord;
import dev.sendex.common.audit.AuditRecord.Target;
import dev.sendex.common.crypto.Sha256;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event as it is hashed and stored, without its own hash.
///
/// @param sequence starts at 1 for each account, without gaps
/// @param occurredAt in milliseconds, the precision of the API
/// @param before canonical JSON
/// @param after canonical JSON
/// @param previousHash the predecessor's hash in hexadecimal; zeros for the first event
record AuditEvent(
        UUID accountId,
        long sequence,
        UUID id,
        Instant occurredAt,
        String action,
        Actor actor,
        @Nullable String ip,
        Target target,
        @Nullable String before,
        @Nullable String after,
        String previousHash) {

    static final String NO_HASH = "0".repeat(64);

    /// Adds an event to the chain, whose head must be locked. Does nothing if the event was added
    /// before.
    static final String ADD =
            """
            with event as (
                insert into audit_event (
                    account_id, sequence, id, occurred_at, action, actor_type, actor_id,
                    actor_session_id, ip, target_type, target_id, before, after,
                    previous_hash, hash)
                values ($1, $2, $3, $4, $5, $6, cast($7 as uuid), cast($8 as uuid),
                    cast($9 as text), $10, $11, cast($12 as text), cast($13 as text),
                    decode($14, 'hex'), decode($15, 'hex'))
                on conflict on constraint audit_event_id_unique do nothing
                returning account_id, sequence, hash
            )
            update audit_head set sequence = event.sequence, hash = event.hash
            from event where audit_head.account_id = event.account_id
            """;

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /// The next event of the account's chain, from a record.
    static AuditEvent of(AuditRecord record, CanonicalJson json, ChainHead head) {
        return new AuditEvent(
                record.accountId(),
                head.sequence() + 1,
                record.id(),
                record.occurredAt().truncatedTo(ChronoUnit.MILLIS),
                record.action(),
                record.actor(),
                record.ip(),
                record.target(),
                json.write(record.before()),
                json.write(record.after()),
                head.hash());
    }

    /// SHA-256 of the canonical form in UTF-8, in hexadecimal.
    String hash() {
        return HexFormat.of().formatHex(Sha256.of(canonical()));
    }

    /// One JSON object without white space, with members sorted by name (the form of RFC 8785).
    /// Only `before` and `after` could need escaping, and they are JSON already.
    private String canonical() {
        return "{\"account_id\":%s,\"action\":%s,\"actor_id\":%s%s,\"actor_type\":%s,\"after\":%s,\"before\":%s"
                        .formatted(
                                text(accountId),
                                text(action),
                                text(actor.id()),
                                session(),
                                text(actor.type()),
                                after,
                                before)
                + ",\"id\":%s,\"ip\":%s,\"occurred_at\":%s,\"previous_hash\":%s,\"sequence\":%d,\"target_id\":%s,\"target_type\":%s}"
                        .formatted(
                                text(id),
                                text(ip),
                                text(MILLIS.format(occurredAt)),
                                text(previousHash),
                                sequence,
                                text(target.id()),
                                text(target.type()));
    }

    /// Omitted if there is none, so that the hashes of events from before sessions were recorded
    /// stay the same.
    private String session() {
        UUID id = actor.sessionId();
        return id == null ? "" : ",\"actor_session_id\":" + text(id);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : "\"" + value + "\"";
    }
}

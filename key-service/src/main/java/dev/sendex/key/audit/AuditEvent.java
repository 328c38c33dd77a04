package dev.sendex.key.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event as it is hashed and stored, but for its own hash.
///
/// @param sequence 1 for an account's first event, and one more for each that follows
/// @param occurredAt in milliseconds, as it is shown
/// @param before canonical JSON
/// @param after canonical JSON
/// @param previousHash the predecessor's, in hexadecimal; zeros for the first
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

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /// SHA-256 of the canonical form in UTF-8, in hexadecimal.
    String hash() {
        try {
            byte[] content = canonical().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// One JSON object without white space, its members in the order of their names (what RFC 8785
    /// makes of it). Nothing in it needs escaping but `before` and `after`, which are JSON already.
    private String canonical() {
        return "{\"account_id\":%s,\"action\":%s,\"actor_id\":%s,\"actor_type\":%s,\"after\":%s,\"before\":%s"
                        .formatted(
                                text(accountId),
                                text(action),
                                text(actor.id()),
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

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : "\"" + value + "\"";
    }
}

package dev.sendex.key.audit;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.sendex.common.audit.Actor;
import dev.sendex.common.audit.AuditRecord.Target;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event as the API returns it.
///
/// @param object always `audit_event`
/// @param hash of this event, in hexadecimal
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
record AuditView(
        String object,
        UUID id,
        long sequence,
        Instant occurredAt,
        String action,
        Actor actor,
        @Nullable String ip,
        Target target,
        @JsonRawValue @Nullable String before,
        @JsonRawValue @Nullable String after,
        String previousHash,
        String hash) {

    static AuditView of(StoredEvent stored) {
        AuditEvent event = stored.event();
        return new AuditView(
                "audit_event",
                event.id(),
                event.sequence(),
                event.occurredAt(),
                event.action(),
                event.actor(),
                event.ip(),
                event.target(),
                event.before(),
                event.after(),
                event.previousHash(),
                stored.hash());
    }
}

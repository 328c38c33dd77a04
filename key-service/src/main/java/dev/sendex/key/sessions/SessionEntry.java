package dev.sendex.key.sessions;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.sendex.common.identity.caller.SessionCaller;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One of a member's sessions.
///
/// @param object always `session`
/// @param ip the address of the last refresh
/// @param current whether it is the session that sends the request
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
record SessionEntry(
        String object,
        UUID id,
        Instant createdAt,
        Instant lastUsedAt,
        Instant expiresAt,
        @Nullable String ip,
        @Nullable String userAgent,
        boolean current) {

    static SessionEntry of(Session session, SessionCaller caller) {
        return new SessionEntry(
                "session",
                session.id,
                session.createdAt,
                session.lastUsedAt,
                session.expiresAt,
                session.ip,
                session.userAgent,
                session.id.equals(caller.sessionId()));
    }
}

package dev.sendex.key.sessions;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.sendex.common.identity.SessionCaller;
import dev.sendex.common.permission.Permission;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.UUID;

/// The session that asks, and what may be done in it now.
///
/// @param object always `session`
/// @param permissions by their names, in alphabetical order
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record CurrentSession(
        String object,
        UUID id,
        UUID userId,
        UUID accountId,
        String role,
        List<String> permissions) {

    static CurrentSession of(SessionCaller caller) {
        return new CurrentSession(
                "session",
                caller.sessionId(),
                caller.userId(),
                caller.accountId(),
                caller.role(),
                caller.permissions().stream().map(Permission::value).sorted().toList());
    }
}

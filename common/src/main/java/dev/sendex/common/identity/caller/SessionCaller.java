package dev.sendex.common.identity.caller;

import dev.sendex.common.permission.Permission;
import dev.sendex.common.token.Environment;
import java.util.Set;
import java.util.UUID;

/// A signed-in user.
///
/// @param sessionId the user's session
/// @param role for display only; `permissions` alone decides what the user may do
public record SessionCaller(
        UUID userId, UUID accountId, UUID sessionId, String role, Set<Permission> permissions)
        implements Caller {

    public SessionCaller {
        permissions = Set.copyOf(permissions);
    }

    @Override
    public String getName() {
        return userId.toString();
    }

    /// Users work in the live environment; the test environment is for keys only.
    @Override
    public Environment environment() {
        return Environment.LIVE;
    }
}

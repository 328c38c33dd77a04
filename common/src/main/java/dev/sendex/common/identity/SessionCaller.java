package dev.sendex.common.identity;

import dev.sendex.common.permission.Permission;
import dev.sendex.common.token.Environment;
import java.util.Set;
import java.util.UUID;

/// A person who signed in.
///
/// @param sessionId the session that the person signed in to
/// @param role for people to read; what the person may do is said by `permissions` alone
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

    /// People work on what is real; the test environment belongs to its keys.
    @Override
    public Environment environment() {
        return Environment.LIVE;
    }
}

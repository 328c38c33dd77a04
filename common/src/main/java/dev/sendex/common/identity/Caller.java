package dev.sendex.common.identity;

import dev.sendex.common.permission.Permission;
import dev.sendex.common.token.Environment;
import java.security.Principal;
import java.util.Set;
import java.util.UUID;

/// Who makes the request.
public sealed interface Caller extends Principal permits KeyCaller, SessionCaller {

    /// The account that the caller acts for; nothing of another account exists for them.
    UUID accountId();

    Environment environment();

    Set<Permission> permissions();
}

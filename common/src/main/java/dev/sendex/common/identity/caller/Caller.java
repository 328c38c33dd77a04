package dev.sendex.common.identity.caller;

import dev.sendex.common.permission.Permission;
import dev.sendex.common.token.Environment;
import java.security.Principal;
import java.util.Set;
import java.util.UUID;

/// The authenticated sender of a request.
public sealed interface Caller extends Principal permits KeyCaller, SessionCaller {

    /// The caller's account. Objects of other accounts do not exist for them.
    UUID accountId();

    Environment environment();

    Set<Permission> permissions();
}

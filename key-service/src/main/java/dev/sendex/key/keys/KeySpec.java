package dev.sendex.key.keys;

import dev.sendex.common.introspection.KeyGrant;
import dev.sendex.common.permission.Permission;
import dev.sendex.common.token.Environment;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A key as it was asked for, found to be well-formed: nothing is left to guess.
record KeySpec(
        String name,
        KeyGrant.Type type,
        Environment environment,
        Set<Permission> permissions,
        List<String> allowedDomains,
        @Nullable Instant expiresAt,
        Instant createdAt,
        String createdBy) {

    KeySpec {
        permissions = Set.copyOf(permissions);
        allowedDomains = List.copyOf(allowedDomains);
        if (type == KeyGrant.Type.SCOPED && permissions.isEmpty()) {
            throw new IllegalArgumentException("a scoped key has permissions");
        }
    }
}

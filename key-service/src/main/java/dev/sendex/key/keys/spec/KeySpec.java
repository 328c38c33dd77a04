package dev.sendex.key.keys.spec;

import dev.sendex.common.introspection.KeyGrant;
import dev.sendex.common.network.Cidr;
import dev.sendex.common.permission.Permission;
import dev.sendex.common.token.Environment;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A valid specification of a key, with all defaults applied.
///
/// @param allowedDomains sender domains in ASCII; empty for any
/// @param allowedIps empty for any
/// @param allowedEndpoints `METHOD /path/template`; empty for any
public record KeySpec(
        String name,
        KeyGrant.Type type,
        Environment environment,
        Set<Permission> permissions,
        List<String> allowedDomains,
        List<Cidr> allowedIps,
        List<String> allowedEndpoints,
        KeyGrant.@Nullable RateLimit rateLimit,
        KeyGrant.@Nullable SendingLimit sendingLimit,
        @Nullable Instant expiresAt) {

    public KeySpec {
        permissions = Set.copyOf(permissions);
        allowedDomains = List.copyOf(allowedDomains);
        allowedIps = List.copyOf(allowedIps);
        allowedEndpoints = List.copyOf(allowedEndpoints);
        if (type == KeyGrant.Type.SCOPED && permissions.isEmpty()) {
            throw new IllegalArgumentException("a scoped key has permissions");
        }
    }

    /// The same with this expiry, null for none.
    public KeySpec expiringAt(@Nullable Instant expiry) {
        return new KeySpec(
                name,
                type,
                environment,
                permissions,
                allowedDomains,
                allowedIps,
                allowedEndpoints,
                rateLimit,
                sendingLimit,
                expiry);
    }
}

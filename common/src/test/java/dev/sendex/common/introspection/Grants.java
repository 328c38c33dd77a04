package dev.sendex.common.introspection;

import dev.sendex.common.permission.Permission;
import dev.sendex.common.token.ApiKeyToken;
import dev.sendex.common.token.Environment;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Tokens and grants for tests.
public final class Grants {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Grants() {}

    public static ApiKeyToken aToken() {
        return ApiKeyToken.generate(Environment.LIVE, UUID.randomUUID(), RANDOM);
    }

    public static KeyGrant aGrant(ApiKeyToken token, Permission... permissions) {
        return aGrant(token, 1, null, permissions);
    }

    public static KeyGrant aGrant(
            ApiKeyToken token,
            long version,
            @Nullable Instant expiresAt,
            Permission... permissions) {
        return new KeyGrant(
                token.keyId(),
                UUID.randomUUID(),
                token.environment(),
                KeyGrant.Type.SCOPED,
                Set.of(permissions),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                Instant.parse("2026-01-01T00:00:00Z"),
                expiresAt,
                version);
    }
}

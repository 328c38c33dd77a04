package dev.sendex.key.keys;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.sendex.common.introspection.KeyGrant;
import dev.sendex.common.permission.Permission;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A key as it is shown.
///
/// @param object always `api_key`
/// @param allowedDomains empty: every verified domain of the account
/// @param hint the prefix and the last four characters of the token
/// @param createdBy the id of the member or the key that created it
/// @param token shown once, in the answer that created it
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
record KeyView(
        String object,
        UUID id,
        String name,
        String type,
        String environment,
        List<String> permissions,
        List<String> allowedDomains,
        @Nullable Instant expiresAt,
        String hint,
        KeyState state,
        Instant createdAt,
        String createdBy,
        @Nullable Instant revokedAt,
        @Nullable String revokedReason,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String token) {

    static KeyView of(ApiKey key, Instant now, Duration expiringWithin) {
        return new KeyView(
                "api_key",
                key.id,
                key.name,
                key.type,
                key.environment,
                permissions(key),
                List.of(key.allowedDomains),
                key.expiresAt,
                key.hint,
                KeyState.at(now, key.expiresAt, key.revokedAt, expiringWithin),
                key.createdAt,
                key.createdBy,
                key.revokedAt,
                key.revokedReason,
                null);
    }

    KeyView with(String plaintextToken) {
        return new KeyView(
                object,
                id,
                name,
                type,
                environment,
                permissions,
                allowedDomains,
                expiresAt,
                hint,
                state,
                createdAt,
                createdBy,
                revokedAt,
                revokedReason,
                plaintextToken);
    }

    private static List<String> permissions(ApiKey key) {
        return key.type.equals(KeyGrant.Type.FULL_ACCESS.value())
                ? Arrays.stream(Permission.values()).map(Permission::value).toList()
                : List.of(key.permissions);
    }

    @Override
    public String toString() {
        return "KeyView[%s]".formatted(id);
    }
}

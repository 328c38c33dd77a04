package dev.sendex.key.keys;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.sendex.common.permission.Permission;
import dev.sendex.key.keys.spec.IssueKey.RequestRate;
import dev.sendex.key.keys.spec.IssueKey.SendingQuota;
import dev.sendex.key.keys.spec.KeySpec;
import dev.sendex.key.usage.KeyUse;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A key as the API returns it.
///
/// @param use at most a minute old
/// @param token only in the response that created it
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
record KeyView(
        @JsonUnwrapped Key key,
        @JsonUnwrapped KeyUse use,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String token) {

    /// What is stored of a key.
    ///
    /// @param object always `api_key`
    /// @param version incremented by every change; the value for `If-Match`
    /// @param rateLimitSharedWith the key whose request counter this one uses; absent if it has its
    ///   own
    /// @param sendingLimitSharedWith the key whose recipient counter this one uses; absent if it
    ///   has its own
    /// @param hint the prefix and the last four characters of the token
    /// @param rotationEndsAt until when the previous token is accepted as well
    /// @param ownerId the member who owns the key; it never has more permissions than this member
    /// @param createdBy the id of the member or key that created it
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    record Key(
            String object,
            UUID id,
            long version,
            String type,
            String environment,
            @JsonUnwrapped KeyTerms terms,
            @Nullable UUID rateLimitSharedWith,
            @Nullable UUID sendingLimitSharedWith,
            String hint,
            KeyState state,
            @Nullable Instant rotationEndsAt,
            UUID ownerId,
            String createdBy,
            Instant createdAt,
            @Nullable Instant revokedAt,
            @Nullable String revokedReason) {

        private Key with(Set<Permission> effective) {
            return new Key(
                    object,
                    id,
                    version,
                    type,
                    environment,
                    terms.with(effective),
                    rateLimitSharedWith,
                    sendingLimitSharedWith,
                    hint,
                    state,
                    rotationEndsAt,
                    ownerId,
                    createdBy,
                    createdAt,
                    revokedAt,
                    revokedReason);
        }
    }

    /// The members that an edit can change.
    ///
    /// @param allowedDomains empty for every verified domain of the account
    /// @param allowedIps empty for any address
    /// @param allowedEndpoints empty for all that the permissions allow
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    record KeyTerms(
            String name,
            List<String> permissions,
            List<String> allowedDomains,
            List<String> allowedIps,
            List<String> allowedEndpoints,
            @Nullable RequestRate rateLimit,
            @Nullable SendingQuota sendingLimit,
            @Nullable Instant expiresAt) {

        static KeyTerms of(ApiKey key) {
            KeySpec spec = key.spec();
            return new KeyTerms(
                    spec.name(),
                    names(spec.permissions()),
                    spec.allowedDomains(),
                    List.of(key.allowedIps),
                    spec.allowedEndpoints(),
                    RequestRate.of(spec.rateLimit()),
                    SendingQuota.of(spec.sendingLimit()),
                    spec.expiresAt());
        }

        private KeyTerms with(Set<Permission> effective) {
            return new KeyTerms(
                    name,
                    names(effective),
                    allowedDomains,
                    allowedIps,
                    allowedEndpoints,
                    rateLimit,
                    sendingLimit,
                    expiresAt);
        }

        private static List<String> names(Set<Permission> permissions) {
            return permissions.stream().sorted().map(Permission::value).toList();
        }
    }

    static KeyView of(ApiKey key, Instant now, Duration expiringWithin) {
        Key stored =
                new Key(
                        "api_key",
                        key.id,
                        key.version,
                        key.type,
                        key.environment,
                        KeyTerms.of(key),
                        key.rateSharedWith,
                        key.sendingSharedWith,
                        key.hint,
                        KeyState.of(key, now, expiringWithin),
                        key.rotationEndsAt(now),
                        key.ownerId,
                        key.createdBy,
                        key.createdAt,
                        key.revokedAt,
                        key.revokedReason);
        return new KeyView(stored, KeyUse.NONE, null);
    }

    KeyView with(String plaintextToken) {
        return new KeyView(key, use, plaintextToken);
    }

    /// The key with its effective permissions, which are limited to those of its owner.
    KeyView with(Set<Permission> effective) {
        return new KeyView(key.with(effective), use, token);
    }

    KeyView with(KeyUse known) {
        return new KeyView(key, known, token);
    }

    UUID id() {
        return key.id();
    }

    long version() {
        return key.version();
    }

    @Override
    public String toString() {
        return "KeyView[%s]".formatted(id());
    }
}

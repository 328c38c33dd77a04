package dev.sendex.common.introspection;

import dev.sendex.common.network.Cidr;
import dev.sendex.common.permission.EndpointPattern;
import dev.sendex.common.permission.Permission;
import dev.sendex.common.token.Environment;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A key with its permissions and restrictions. Introspection returns it and the services cache it.
/// Whether a request satisfies it is checked for every request.
///
/// @param permissions the key's permissions that its owner has as well
/// @param allowedDomains sender domains, exact or `*.example.com`; empty for any
/// @param allowedIps blocks of client addresses; empty for any
/// @param allowedEndpoints empty for any
/// @param issuedAt in whole seconds, as RFC 7662 requires
/// @param expiresAt in whole seconds, rounded down; the key is inactive from then on
/// @param version incremented by every change of the key
public record KeyGrant(
        UUID keyId,
        UUID accountId,
        Environment environment,
        Type type,
        Set<Permission> permissions,
        List<String> allowedDomains,
        List<Cidr> allowedIps,
        List<EndpointPattern> allowedEndpoints,
        @Nullable RateLimit rateLimit,
        @Nullable SendingLimit sendingLimit,
        Instant issuedAt,
        @Nullable Instant expiresAt,
        long version) {

    /// Whether a key has all permissions of its owner or an explicit selection.
    public enum Type {
        FULL_ACCESS("full_access"),
        SCOPED("scoped");

        private final String value;

        Type(String value) {
            this.value = value;
        }

        public String value() {
            return value;
        }
    }

    /// Requests per window.
    ///
    /// @param sharedWith the key whose request counter applies; absent: the key's own
    public record RateLimit(long limit, Duration window, @Nullable UUID sharedWith) {

        public RateLimit {
            if (limit < 1 || window.toSeconds() < 1) {
                throw new IllegalArgumentException(
                        "a rate limit needs at least one request and one second");
            }
            window = window.truncatedTo(ChronoUnit.SECONDS);
        }

        public RateLimit(long limit, Duration window) {
            this(limit, window, null);
        }
    }

    /// A limit on recipients. An absent member sets no limit.
    ///
    /// @param sharedWith the key whose recipient counter applies; absent: the key's own
    public record SendingLimit(
            @Nullable Long total,
            @Nullable Long perDay,
            @Nullable Long perMonth,
            @Nullable UUID sharedWith) {

        public SendingLimit(@Nullable Long total, @Nullable Long perDay, @Nullable Long perMonth) {
            this(total, perDay, perMonth, null);
        }
    }

    public KeyGrant {
        permissions = Set.copyOf(permissions);
        allowedDomains = List.copyOf(allowedDomains);
        allowedIps = List.copyOf(allowedIps);
        allowedEndpoints = List.copyOf(allowedEndpoints);
        issuedAt = issuedAt.truncatedTo(ChronoUnit.SECONDS);
        expiresAt = expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.SECONDS);
    }

    /// Parses an active RFC 7662 response.
    ///
    /// @throws IllegalArgumentException if a member is missing or malformed; a response that is not
    ///   completely understood grants nothing
    public static KeyGrant of(Map<String, ?> members) {
        return GrantMembers.read(members);
    }

    /// The members of an active RFC 7662 response, including `active`, in output order.
    public Map<String, Object> toJson() {
        return GrantMembers.write(this);
    }

    /// The same grant with an expiry at the end of the lease, after which caches must introspect
    /// again. An earlier expiry of the key is kept.
    public KeyGrant leasedUntil(Instant end) {
        Instant expiry = expiresAt != null && expiresAt.isBefore(end) ? expiresAt : end;
        return new KeyGrant(
                keyId,
                accountId,
                environment,
                type,
                permissions,
                allowedDomains,
                allowedIps,
                allowedEndpoints,
                rateLimit,
                sendingLimit,
                issuedAt,
                expiry,
                version);
    }

    /// The key whose request counter applies: a key that was created by a key with a rate limit
    /// shares that limit.
    public UUID rateCounter() {
        return rateLimit == null || rateLimit.sharedWith() == null ? keyId : rateLimit.sharedWith();
    }

    /// The key whose recipient counter applies.
    public UUID sendingCounter() {
        return sendingLimit == null || sendingLimit.sharedWith() == null
                ? keyId
                : sendingLimit.sharedWith();
    }

    /// Whether the key has expired.
    public boolean isExpiredAt(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }
}

package dev.sendex.common.introspection;

import dev.sendex.common.network.Cidr;
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

/// What a key is, and so what may be done with it. This is what introspection answers and what the
/// services remember; whether one request is within it is judged anew every time.
///
/// @param permissions what the key may do and its owner may do today, both
/// @param allowedDomains sender domains, exact or `*.example.com`; empty: no bound by the key
/// @param allowedIps blocks of callers' addresses; empty: no bound by the key
/// @param allowedEndpoints empty: no bound by the key
/// @param issuedAt to whole seconds, as RFC 7662 has it
/// @param expiresAt to whole seconds, rounded down; from then on the key is inactive
/// @param version grows with every change of the key
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

    /// Whether a key holds everything its owner may do or an explicit selection.
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
    /// @param sharedWith the key on whose count the requests go; absent: the key's own
    public record RateLimit(long limit, Duration window, @Nullable UUID sharedWith) {

        public RateLimit {
            if (limit < 1 || window.toSeconds() < 1) {
                throw new IllegalArgumentException(
                        "a rate limit counts from 1, per second or more");
            }
            window = window.truncatedTo(ChronoUnit.SECONDS);
        }

        public RateLimit(long limit, Duration window) {
            this(limit, window, null);
        }
    }

    /// Recipients that may be sent to; an absent bound does not bind.
    ///
    /// @param sharedWith the key on whose count the recipients go; absent: the key's own
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

    /// The grant in an active RFC 7662 answer.
    ///
    /// @throws IllegalArgumentException where a member is missing or of another shape; what cannot
    ///   be understood completely grants nothing
    public static KeyGrant of(Map<String, ?> members) {
        return GrantMembers.read(members);
    }

    /// The members of an active RFC 7662 answer, `active` included, in the order they are written.
    public Map<String, Object> toJson() {
        return GrantMembers.write(this);
    }

    /// The same grant, which caches must ask about again after the lease; an earlier expiry of the
    /// key itself stays.
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

    /// The key on whose count requests go: where a key with a rate limit makes keys, they draw from
    /// its allowance.
    public UUID rateCounter() {
        return rateLimit == null || rateLimit.sharedWith() == null ? keyId : rateLimit.sharedWith();
    }

    /// The key on whose count recipients go.
    public UUID sendingCounter() {
        return sendingLimit == null || sendingLimit.sharedWith() == null
                ? keyId
                : sendingLimit.sharedWith();
    }

    /// Whether the key's time has run out.
    public boolean isExpiredAt(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }
}

package dev.sendex.key.keys;

import dev.sendex.common.identity.caller.Caller;
import dev.sendex.common.identity.caller.KeyCaller;
import dev.sendex.common.introspection.KeyGrant;
import dev.sendex.common.introspection.KeyGrant.RateLimit;
import dev.sendex.common.introspection.KeyGrant.SendingLimit;
import dev.sendex.common.network.Cidr;
import dev.sendex.common.permission.Permission;
import dev.sendex.common.token.Environment;
import dev.sendex.key.keys.peppers.TokenMac;
import dev.sendex.key.keys.spec.KeySpec;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity(name = "api_key")
class ApiKey {

    @Id UUID id;

    @Column(name = "account_id", nullable = false)
    UUID accountId;

    /// The member who owns the key. Its effective permissions never exceed those of this member's
    /// role.
    @Column(name = "owner_id", nullable = false)
    UUID ownerId;

    @Column(columnDefinition = "text", nullable = false)
    String name;

    @Column(columnDefinition = "text", nullable = false)
    String type;

    @Column(columnDefinition = "text", nullable = false)
    String environment;

    @Column(columnDefinition = "_text", nullable = false)
    String[] permissions;

    @Column(name = "allowed_domains", columnDefinition = "_text", nullable = false)
    String[] allowedDomains;

    @Column(name = "allowed_ips", columnDefinition = "_text", nullable = false)
    String[] allowedIps;

    @Column(name = "allowed_endpoints", columnDefinition = "_text", nullable = false)
    String[] allowedEndpoints;

    @Column(name = "rate_limit")
    @Nullable Long rateLimit;

    @Column(name = "rate_window_seconds")
    @Nullable Long rateWindowSeconds;

    /// The key whose request counter this one uses. Null if it has its own.
    @Column(name = "rate_shared_with")
    @Nullable UUID rateSharedWith;

    @Column(name = "sending_total")
    @Nullable Long sendingTotal;

    @Column(name = "sending_per_day")
    @Nullable Long sendingPerDay;

    @Column(name = "sending_per_month")
    @Nullable Long sendingPerMonth;

    /// The key whose recipient counter this one uses. Null if it has its own.
    @Column(name = "sending_shared_with")
    @Nullable UUID sendingSharedWith;

    @Column(columnDefinition = "text", nullable = false)
    String hint;

    @Column(name = "token_mac", nullable = false)
    byte[] tokenMac;

    @Column(name = "pepper_version", nullable = false)
    int pepperVersion;

    @Column(name = "previous_token_mac")
    byte @Nullable [] previousTokenMac;

    @Column(name = "previous_pepper_version")
    @Nullable Integer previousPepperVersion;

    /// The end of the rotation overlap: until then the previous token is accepted as well.
    @Column(name = "previous_expires_at")
    @Nullable Instant previousExpiresAt;

    @Column(nullable = false)
    long version;

    @Column(name = "created_at", nullable = false)
    Instant createdAt;

    @Column(name = "created_by", columnDefinition = "text", nullable = false)
    String createdBy;

    @Column(name = "expires_at")
    @Nullable Instant expiresAt;

    @Column(name = "revoked_at")
    @Nullable Instant revokedAt;

    @Column(name = "revoked_reason", columnDefinition = "text")
    @Nullable String revokedReason;

    /// Who created a key, and when.
    ///
    /// @param creator the member or key that created it
    record Origin(UUID ownerId, Caller creator, Instant createdAt) {

        /// A key that was created by a key with a limit shares that limit. Otherwise a key could
        /// multiply its limit by creating more keys.
        private @Nullable UUID rateSharedWith() {
            return creator instanceof KeyCaller(KeyGrant maker) && maker.rateLimit() != null
                    ? maker.rateCounter()
                    : null;
        }

        private @Nullable UUID sendingSharedWith() {
            return creator instanceof KeyCaller(KeyGrant maker) && maker.sendingLimit() != null
                    ? maker.sendingCounter()
                    : null;
        }
    }

    /// For Hibernate.
    @SuppressWarnings("NullAway.Init")
    ApiKey() {}

    @SuppressWarnings("NullAway.Init") // `become` sets what is missing here
    ApiKey(UUID id, Origin origin, KeySpec spec, String hint, TokenMac mac) {
        this.id = id;
        this.accountId = origin.creator().accountId();
        this.ownerId = origin.ownerId();
        this.type = spec.type().value();
        this.environment = spec.environment().value();
        this.hint = hint;
        this.tokenMac = mac.bytes();
        this.pepperVersion = mac.pepperVersion();
        this.createdAt = origin.createdAt();
        this.createdBy = origin.creator().getName();
        this.rateSharedWith = origin.rateSharedWith();
        this.sendingSharedWith = origin.sendingSharedWith();
        become(spec);
    }

    /// Applies everything that an edit can change.
    void become(KeySpec spec) {
        RateLimit rate = spec.rateLimit();
        SendingLimit sending = spec.sendingLimit();
        name = spec.name();
        permissions = storedPermissions(spec);
        allowedDomains = spec.allowedDomains().toArray(String[]::new);
        allowedIps = spec.allowedIps().stream().map(Cidr::toString).toArray(String[]::new);
        allowedEndpoints = spec.allowedEndpoints().toArray(String[]::new);
        rateLimit = rate == null ? null : rate.limit();
        rateWindowSeconds = rate == null ? null : rate.window().toSeconds();
        sendingTotal = sending == null ? null : sending.total();
        sendingPerDay = sending == null ? null : sending.perDay();
        sendingPerMonth = sending == null ? null : sending.perMonth();
        expiresAt = spec.expiresAt();
        version++;
    }

    /// Empty for a key with full access, which has every permission, including ones added later.
    private static String[] storedPermissions(KeySpec spec) {
        return spec.type() == KeyGrant.Type.FULL_ACCESS
                ? new String[0]
                : spec.permissions().stream()
                        .sorted()
                        .map(Permission::value)
                        .toArray(String[]::new);
    }

    /// The specification that would create this key.
    KeySpec spec() {
        return new KeySpec(
                name,
                isFullAccess() ? KeyGrant.Type.FULL_ACCESS : KeyGrant.Type.SCOPED,
                Objects.requireNonNull(Environment.find(environment)),
                permissions(),
                List.of(allowedDomains),
                Arrays.stream(allowedIps).map(Cidr::of).toList(),
                List.of(allowedEndpoints),
                rate(),
                sending(),
                expiresAt);
    }

    boolean isFullAccess() {
        return type.equals(KeyGrant.Type.FULL_ACCESS.value());
    }

    Set<Permission> permissions() {
        return isFullAccess() ? Permission.all() : Permission.ofValues(List.of(permissions));
    }

    private @Nullable RateLimit rate() {
        return rateLimit == null || rateWindowSeconds == null
                ? null
                : new RateLimit(rateLimit, Duration.ofSeconds(rateWindowSeconds), rateSharedWith);
    }

    private @Nullable SendingLimit sending() {
        return sendingTotal == null && sendingPerDay == null && sendingPerMonth == null
                ? null
                : new SendingLimit(sendingTotal, sendingPerDay, sendingPerMonth, sendingSharedWith);
    }

    UUID rateCounter() {
        return rateSharedWith == null ? id : rateSharedWith;
    }

    UUID sendingCounter() {
        return sendingSharedWith == null ? id : sendingSharedWith;
    }

    /// Replaces the token. The current one stays valid until the overlap ends.
    void rotate(String newHint, TokenMac mac, Instant overlapEnds) {
        previousTokenMac = tokenMac;
        previousPepperVersion = pepperVersion;
        previousExpiresAt = overlapEnds;
        hint = newHint;
        tokenMac = mac.bytes();
        pepperVersion = mac.pepperVersion();
        version++;
    }

    boolean isRotatingAt(Instant now) {
        return previousExpiresAt != null && previousExpiresAt.isAfter(now);
    }

    /// When the previous token expires, or null if there is none.
    @Nullable Instant rotationEndsAt(Instant now) {
        if (!isRotatingAt(now)) {
            return null;
        }
        Instant end = Objects.requireNonNull(previousExpiresAt);
        return isExpiredAt(end) ? expiresAt : end;
    }

    void endOverlap() {
        previousTokenMac = null;
        previousPepperVersion = null;
        previousExpiresAt = null;
        version++;
    }

    void revoke(Instant now, @Nullable String reason) {
        revokedAt = now;
        revokedReason = reason;
        version++;
    }

    void transfer(UUID memberId) {
        ownerId = memberId;
        version++;
    }

    boolean isRevoked() {
        return revokedAt != null;
    }

    boolean isExpiredAt(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }
}

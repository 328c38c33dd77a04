package dev.sendex.key.keys;

import dev.sendex.common.introspection.KeyGrant;
import dev.sendex.common.permission.Permission;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity(name = "api_key")
class ApiKey {

    @Id UUID id;

    @Column(name = "account_id", nullable = false)
    UUID accountId;

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

    @Column(columnDefinition = "text", nullable = false)
    String hint;

    @Column(name = "token_mac", nullable = false)
    byte[] tokenMac;

    @Column(name = "pepper_version", nullable = false)
    int pepperVersion;

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

    /// For Hibernate.
    @SuppressWarnings("NullAway.Init")
    ApiKey() {}

    ApiKey(UUID id, UUID accountId, KeySpec spec, String hint, TokenMac mac) {
        this.id = id;
        this.accountId = accountId;
        this.name = spec.name();
        this.type = spec.type().value();
        this.environment = spec.environment().value();
        this.permissions = storedPermissions(spec);
        this.allowedDomains = spec.allowedDomains().toArray(String[]::new);
        this.expiresAt = spec.expiresAt();
        this.hint = hint;
        this.tokenMac = mac.bytes();
        this.pepperVersion = mac.pepperVersion();
        this.version = 1;
        this.createdAt = spec.createdAt();
        this.createdBy = spec.createdBy();
    }

    /// A key with full access holds whatever there is to hold, now and later, so none are stored.
    private static String[] storedPermissions(KeySpec spec) {
        return spec.type() == KeyGrant.Type.FULL_ACCESS
                ? new String[0]
                : spec.permissions().stream()
                        .sorted()
                        .map(Permission::value)
                        .toArray(String[]::new);
    }

    void revoke(Instant now) {
        revokedAt = now;
        version++;
    }

    boolean isRevoked() {
        return revokedAt != null;
    }
}

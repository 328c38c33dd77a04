package dev.sendex.key.sessions;

import dev.sendex.key.accounts.MemberAccount;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity(name = "session")
class Session {

    @Id UUID id;

    @Column(name = "account_id", nullable = false)
    UUID accountId;

    @Column(name = "member_id", nullable = false)
    UUID memberId;

    @Column(name = "family_hash", nullable = false)
    byte[] familyHash;

    @Column(name = "refresh_hash", nullable = false)
    byte[] refreshHash;

    @Column(name = "created_at", nullable = false)
    Instant createdAt;

    @Column(name = "last_used_at", nullable = false)
    Instant lastUsedAt;

    @Column(name = "expires_at", nullable = false)
    Instant expiresAt;

    @Column(name = "ended_at")
    @Nullable Instant endedAt;

    @Column(columnDefinition = "text")
    @Nullable String ip;

    @Column(name = "user_agent", columnDefinition = "text")
    @Nullable String userAgent;

    /// For Hibernate.
    @SuppressWarnings("NullAway.Init")
    Session() {}

    Session(UUID id, MemberAccount member, RefreshToken token, Instant now, Instant expiresAt) {
        this.id = id;
        this.accountId = member.accountId();
        this.memberId = member.id();
        this.familyHash = token.familyHash();
        this.refreshHash = token.secretHash();
        this.createdAt = now;
        this.lastUsedAt = now;
        this.expiresAt = expiresAt;
    }

    boolean isOpenAt(Instant now) {
        return endedAt == null && expiresAt.isAfter(now);
    }

    /// Whether the token is the session's present one, and not one that is used up.
    boolean goesOnWith(RefreshToken token) {
        return MessageDigest.isEqual(refreshHash, token.secretHash());
    }

    void goOnWith(RefreshToken next, Device device, Instant now) {
        refreshHash = next.secretHash();
        lastUsedAt = now;
        seenOn(device);
    }

    void seenOn(Device device) {
        ip = device.ip();
        userAgent = device.userAgent();
    }
}

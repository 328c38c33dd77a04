package dev.sendex.key.sessions;

import dev.sendex.key.accounts.MemberAccount;
import dev.sendex.key.sessions.CurrentDevice.Device;
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

    /// The hash of the token that was replaced last.
    @Column(name = "former_hash")
    byte @Nullable [] formerHash;

    /// Its successor, readable only with that token.
    @Column(name = "masked_next")
    byte @Nullable [] maskedNext;

    @Column(name = "replaced_at")
    @Nullable Instant replacedAt;

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

    /// Whether this is the current token, not one that was used already.
    boolean isCurrent(RefreshToken token) {
        return MessageDigest.isEqual(refreshHash, token.secretHash());
    }

    /// The successor of this token, if it is the one that was replaced last and that was after
    /// `start`; otherwise null.
    @Nullable RefreshToken successorOf(RefreshToken token, Instant start) {
        return formerHash != null
                        && maskedNext != null
                        && replacedAt != null
                        && replacedAt.isAfter(start)
                        && MessageDigest.isEqual(formerHash, token.secretHash())
                ? token.unmask(maskedNext)
                : null;
    }

    void replaceToken(RefreshToken former, RefreshToken next, Device device, Instant now) {
        formerHash = former.secretHash();
        maskedNext = former.mask(next);
        replacedAt = now;
        refreshHash = next.secretHash();
        lastUsedAt = now;
        recordDevice(device);
    }

    void recordDevice(Device device) {
        ip = device.ip();
        userAgent = device.userAgent();
    }
}

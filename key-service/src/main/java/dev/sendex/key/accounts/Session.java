package dev.sendex.key.accounts;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
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

    @Column(name = "refresh_hash", nullable = false)
    byte[] refreshHash;

    @Column(name = "created_at", nullable = false)
    Instant createdAt;

    @Column(name = "expires_at", nullable = false)
    Instant expiresAt;

    @Column(name = "ended_at")
    @Nullable Instant endedAt;

    /// For Hibernate.
    @SuppressWarnings("NullAway.Init")
    Session() {}

    Session(UUID id, Member member, byte[] refreshHash, Instant createdAt, Instant expiresAt) {
        this.id = id;
        this.accountId = member.accountId;
        this.memberId = member.id;
        this.refreshHash = refreshHash.clone();
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
    }
}

package dev.sendex.key.invitations;

import dev.sendex.key.accounts.Role;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

@Entity(name = "invitation")
class Invitation {

    @Id UUID id;

    @Column(name = "account_id", nullable = false)
    UUID accountId;

    @Column(columnDefinition = "text", nullable = false)
    String email;

    @Column(columnDefinition = "text", nullable = false)
    String role;

    @Column(name = "token_hash", nullable = false)
    byte[] tokenHash;

    @Column(name = "invited_by", nullable = false)
    UUID invitedBy;

    @Column(name = "created_at", nullable = false)
    Instant createdAt;

    @Column(name = "expires_at", nullable = false)
    Instant expiresAt;

    /// For Hibernate.
    @SuppressWarnings("NullAway.Init")
    Invitation() {}

    Role role() {
        return Role.of(role);
    }
}

package dev.sendex.key.accounts;

import dev.sendex.key.accounts.Members.NewMember;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Formula;

@Entity(name = "member")
class Member {

    @Id UUID id;

    @Column(name = "account_id", nullable = false)
    UUID accountId;

    @Column(columnDefinition = "text", nullable = false)
    String email;

    @Column(name = "password_hash", columnDefinition = "text", nullable = false)
    String passwordHash;

    @Column(columnDefinition = "text", nullable = false)
    String role;

    @Column(name = "created_at", nullable = false)
    Instant createdAt;

    /// Whether two-factor authentication is enabled. Read-only here; the feature `secondfactor`
    /// writes it.
    @Formula(
            """
            exists (select 1 from second_factor factor
                where factor.member_id = id and factor.enabled_at is not null)\
            """)
    boolean secondFactor;

    /// For Hibernate.
    @SuppressWarnings("NullAway.Init")
    Member() {}

    Member(UUID id, UUID accountId, NewMember member, Instant createdAt) {
        this.id = id;
        this.accountId = accountId;
        this.email = member.email();
        this.passwordHash = member.passwordHash();
        this.role = member.role().value();
        this.createdAt = createdAt;
    }

    Role role() {
        return Role.of(role);
    }
}

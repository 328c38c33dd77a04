package dev.sendex.key.accounts;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

@Entity(name = "account")
class Account {

    @Id UUID id;

    @Column(columnDefinition = "text", nullable = false)
    String name;

    @Column(name = "created_at", nullable = false)
    Instant createdAt;

    /// For Hibernate.
    @SuppressWarnings("NullAway.Init")
    Account() {}

    Account(UUID id, String name, Instant createdAt) {
        this.id = id;
        this.name = name;
        this.createdAt = createdAt;
    }
}

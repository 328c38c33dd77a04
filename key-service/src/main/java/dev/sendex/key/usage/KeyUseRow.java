package dev.sendex.key.usage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

/// When a key was last used, for queries that filter keys by it. Written by [UsageStore] only.
@Entity(name = "key_use")
class KeyUseRow {

    @Id
    @Column(name = "key_id")
    UUID keyId;

    @Column(name = "account_id", nullable = false)
    UUID accountId;

    @Column(name = "last_used_at", nullable = false)
    Instant lastUsedAt;

    /// For Hibernate.
    @SuppressWarnings("NullAway.Init")
    KeyUseRow() {}
}

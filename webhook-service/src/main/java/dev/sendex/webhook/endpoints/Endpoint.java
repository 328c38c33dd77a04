package dev.sendex.webhook.endpoints;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity(name = "webhook_endpoint")
class Endpoint {

    static final String ENABLED = "enabled";

    @Id UUID id;

    @Column(name = "account_id", nullable = false)
    UUID accountId;

    @Column(columnDefinition = "text", nullable = false)
    String url;

    @Column(name = "event_types", columnDefinition = "_text", nullable = false)
    String[] eventTypes;

    @Column(columnDefinition = "text", nullable = false)
    String status;

    @Column(name = "sealed_secret", nullable = false)
    byte[] sealedSecret;

    @Column(name = "created_at", nullable = false)
    Instant createdAt;

    @Column(name = "failing_since")
    @Nullable Instant failingSince;

    @Column(nullable = false)
    int failures;

    @Column(name = "paused_until")
    @Nullable Instant pausedUntil;

    /// For Hibernate.
    @SuppressWarnings("NullAway.Init")
    Endpoint() {}

    Endpoint(
            UUID id,
            UUID accountId,
            String url,
            String[] eventTypes,
            byte[] sealedSecret,
            Instant createdAt) {
        this.id = id;
        this.accountId = accountId;
        this.url = url;
        this.eventTypes = eventTypes.clone();
        this.status = ENABLED;
        this.sealedSecret = sealedSecret.clone();
        this.createdAt = createdAt;
    }

    /// Whoever enables an endpoint says that it is well again.
    void setStatus(String wanted) {
        status = wanted;
        if (wanted.equals(ENABLED)) {
            failingSince = null;
            failures = 0;
            pausedUntil = null;
        }
    }
}

package dev.sendex.send.suppressions;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "suppression")
@IdClass(SuppressionKey.class)
// Hibernate sets the fields; the feedback of SES writes the rows.
@SuppressWarnings("NullAway.Init")
class Suppression {

    @Id
    @Column(name = "account_id")
    UUID accountId;

    @Id UUID id;

    @Column(columnDefinition = "text")
    String address;

    @Column(columnDefinition = "text")
    String reason;

    @Column(name = "email_id")
    @Nullable UUID emailId;

    @Column(name = "created_at")
    Instant createdAt;
}

package dev.sendex.send.contacts;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "contact")
@IdClass(ContactKey.class)
// Hibernate sets the fields, and nobody else makes one without them.
@SuppressWarnings("NullAway.Init")
class Contact {

    @Id
    @Column(name = "account_id")
    UUID accountId;

    @Id UUID id;

    @Column(columnDefinition = "text")
    String email;

    @Column(name = "first_name", columnDefinition = "text")
    @Nullable String firstName;

    @Column(name = "last_name", columnDefinition = "text")
    @Nullable String lastName;

    boolean unsubscribed;

    @Column(name = "created_at")
    Instant createdAt;
}

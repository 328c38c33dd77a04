package dev.sendex.send.domains;

import dev.sendex.send.ses.SesIdentities;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "domain")
@IdClass(DomainKey.class)
// Hibernate sets the fields, and nobody else makes one without them.
@SuppressWarnings("NullAway.Init")
class Domain {

    @Id
    @Column(name = "account_id")
    UUID accountId;

    @Id UUID id;

    @Column(columnDefinition = "text")
    String name;

    @Column(columnDefinition = "text")
    String status;

    @Column(name = "dkim_tokens", columnDefinition = "text")
    String dkimTokens;

    @Column(name = "dkim_status", columnDefinition = "text")
    String dkimStatus;

    @Column(name = "mail_from_domain", columnDefinition = "text")
    String mailFromDomain;

    @Column(name = "mail_from_status", columnDefinition = "text")
    String mailFromStatus;

    @Column(columnDefinition = "text")
    String region;

    /// What only this account was given; see [DomainChallenge].
    @Column(columnDefinition = "text")
    String challenge;

    @Column(name = "challenge_status", columnDefinition = "text")
    String challengeStatus;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "verified_at")
    @Nullable Instant verifiedAt;

    /// Waits for the account to prove that it holds the domain.
    void awaitProof() {
        challengeStatus = DomainStatus.PENDING.value();
        status = DomainStatus.PENDING.value();
    }

    /// Takes over what SES knows of a domain that is proven.
    void take(SesIdentities.State state, Instant now) {
        challengeStatus = DomainStatus.VERIFIED.value();
        DomainStatus found = DomainStatus.ofSes(state.verification());
        status = found.value();
        dkimStatus = DomainStatus.ofSes(state.dkim()).value();
        mailFromStatus = DomainStatus.ofSes(state.mailFrom()).value();
        if (state.mailFromDomain() != null) {
            mailFromDomain = state.mailFromDomain();
        }
        if (found == DomainStatus.VERIFIED && verifiedAt == null) {
            verifiedAt = now;
        }
    }
}

package dev.sendex.send.domains;

import dev.sendex.common.database.Rows;
import dev.sendex.send.ses.SesIdentities;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A domain of an account, as stored.
///
/// @param challenge a secret that only this account was given; see [DomainChallenge]
record Domain(
        UUID accountId,
        UUID id,
        String name,
        String status,
        List<String> dkimTokens,
        String dkimStatus,
        String mailFromDomain,
        String mailFromStatus,
        String region,
        String challenge,
        String challengeStatus,
        Instant createdAt,
        @Nullable Instant verifiedAt) {

    Domain {
        dkimTokens = List.copyOf(dkimTokens);
    }

    /// A new domain, not checked in the DNS yet.
    static Domain create(
            UUID accountId,
            UUID id,
            DomainRules.NewDomain asked,
            List<String> dkimTokens,
            String region,
            Instant now) {
        String notStarted = DomainStatus.NOT_STARTED.value();
        return new Domain(
                accountId,
                id,
                asked.name(),
                notStarted,
                dkimTokens,
                notStarted,
                asked.mailFromDomain(),
                notStarted,
                region,
                DomainChallenge.generate(),
                notStarted,
                now,
                null);
    }

    static Domain of(Row row) {
        String tokens = row.getString("dkim_tokens");
        return new Domain(
                row.getUUID("account_id"),
                row.getUUID("id"),
                row.getString("name"),
                row.getString("status"),
                tokens.isEmpty() ? List.of() : List.of(tokens.split(" ", -1)),
                row.getString("dkim_status"),
                row.getString("mail_from_domain"),
                row.getString("mail_from_status"),
                row.getString("region"),
                row.getString("challenge"),
                row.getString("challenge_status"),
                row.getOffsetDateTime("created_at").toInstant(),
                Rows.time(row, "verified_at"));
    }

    /// The domain while the account has yet to prove that it controls it.
    Domain awaitingProof() {
        return new Domain(
                accountId,
                id,
                name,
                DomainStatus.PENDING.value(),
                dkimTokens,
                dkimStatus,
                mailFromDomain,
                mailFromStatus,
                region,
                challenge,
                DomainStatus.PENDING.value(),
                createdAt,
                verifiedAt);
    }

    /// The domain with the state of its SES identity, once the account has proven that it controls
    /// it.
    Domain proven(SesIdentities.State state, Instant now) {
        DomainStatus found = DomainStatus.ofSes(state.verification());
        return new Domain(
                accountId,
                id,
                name,
                found.value(),
                dkimTokens,
                DomainStatus.ofSes(state.dkim()).value(),
                state.mailFromDomain() == null ? mailFromDomain : state.mailFromDomain(),
                DomainStatus.ofSes(state.mailFrom()).value(),
                region,
                challenge,
                DomainStatus.VERIFIED.value(),
                createdAt,
                found == DomainStatus.VERIFIED && verifiedAt == null ? now : verifiedAt);
    }
}

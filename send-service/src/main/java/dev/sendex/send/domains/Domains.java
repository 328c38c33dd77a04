package dev.sendex.send.domains;

import static dev.sendex.common.problem.Problem.CONFLICT;

import dev.sendex.common.page.ListOf;
import dev.sendex.common.page.Page;
import dev.sendex.common.problem.ProblemException;
import dev.sendex.common.runtime.Ids;
import dev.sendex.send.database.Violations;
import dev.sendex.send.domains.DomainRules.NewDomain;
import dev.sendex.send.ses.SesIdentities;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What accounts do with their domains. SES is slow to answer, so no transaction is open meanwhile;
/// constraints settle what two requests do at the same time.
@ApplicationScoped
class Domains {

    private final DomainRepository domains;
    private final DomainRules rules;
    private final DomainAudit audit;
    private final DomainChallenge challenge;
    private final DomainIdentities identities;
    private final DomainConfig config;
    private final Ids ids;
    private final Clock clock;
    private final String region;

    Domains(
            DomainRepository domains,
            DomainRules rules,
            DomainAudit audit,
            DomainChallenge challenge,
            DomainIdentities identities,
            SesIdentities ses,
            DomainConfig config,
            Ids ids,
            Clock clock) {
        this.domains = domains;
        this.rules = rules;
        this.audit = audit;
        this.challenge = challenge;
        this.identities = identities;
        this.config = config;
        this.ids = ids;
        this.clock = clock;
        this.region = ses.region();
    }

    Uni<DomainView> create(UUID accountId, @Nullable CreateDomain request) {
        NewDomain asked = rules.check(request);
        return domains.taken(accountId, asked.name())
                .invoke(taken -> refuseTaken(accountId, taken))
                .chain(() -> identities.open(asked.name(), asked.mailFromDomain()))
                .chain(tokens -> add(domain(accountId, asked, tokens)))
                .map(domain -> DomainView.of(domain, config))
                .onFailure(Violations.of("domain_name_unique_in_account"))
                .transform(lost -> alreadyThere());
    }

    private Uni<Domain> add(Domain domain) {
        return Panache.withTransaction(() -> domains.persist(domain).call(audit::created))
                .invoke(audit::wake);
    }

    Uni<ListOf<DomainView>> list(UUID accountId, Page page) {
        return domains.page(accountId, page)
                .map(rows -> page.slice(rows, domain -> DomainView.inList(domain, config)));
    }

    Uni<DomainView> require(UUID accountId, String id) {
        return row(accountId, id).map(domain -> DomainView.of(domain, config));
    }

    /// Nothing about a domain can be changed, so that the request is right if it asks for what is.
    Uni<DomainReceipt> update(UUID accountId, String id, @Nullable DomainOptions options) {
        return row(accountId, id)
                .invoke(() -> rules.check(options))
                .map(domain -> DomainReceipt.of(domain.id));
    }

    /// Looks whether the account has proven to hold the domain, and takes over what SES has found
    /// in the DNS by now.
    Uni<DomainReceipt> verify(UUID accountId, String id) {
        return row(accountId, id)
                .invoke(domain -> rules.refuseReserved(domain.name))
                .chain(this::find)
                .chain(state -> takeOver(key(accountId, id), state))
                .map(domain -> DomainReceipt.of(domain.id))
                .onFailure(Violations.of("domain_verified_once"))
                .transform(lost -> heldByAnother());
    }

    /// What SES knows of the domain; null where it is not proven.
    private Uni<SesIdentities.@Nullable State> find(Domain domain) {
        return challenge
                .isMet(domain)
                .chain(met ->
                        met
                                ? identities.settle(domain.name, domain.mailFromDomain)
                                : Uni.createFrom().nullItem());
    }

    private Uni<Domain> takeOver(DomainKey key, SesIdentities.@Nullable State state) {
        return Panache.withTransaction(
                        () -> domains.requireForChange(key).call(domain -> takeOver(domain, state)))
                .invoke(audit::wake);
    }

    private Uni<Void> takeOver(Domain domain, SesIdentities.@Nullable State state) {
        DomainAudit.DomainSnapshot before = DomainAudit.DomainSnapshot.of(domain);
        if (state == null) {
            domain.awaitProof();
        } else {
            domain.take(state, clock.instant());
        }
        return audit.checked(domain, before);
    }

    /// Forgets the domain, also at SES unless another account has it as well.
    Uni<DomainReceipt> delete(UUID accountId, String id) {
        return remove(key(accountId, id))
                .call(domain -> forget(domain.name))
                .map(domain -> DomainReceipt.ofDeletion(domain.id));
    }

    private Uni<Domain> remove(DomainKey key) {
        return Panache.withTransaction(() ->
                        domains.requireForChange(key).call(domains::delete).call(audit::removed))
                .invoke(audit::wake);
    }

    private Uni<Void> forget(String name) {
        return domains.isInUse(name)
                .chain(inUse -> inUse ? Uni.createFrom().voidItem() : identities.close(name))
                .onFailure()
                .invoke(failure ->
                        Log.warnf(
                                "deleting domain at Amazon SES failed cause=%s",
                                failure.toString()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Domain> row(UUID accountId, String id) {
        return domains.require(key(accountId, id));
    }

    private static void refuseTaken(UUID accountId, List<Domain> taken) {
        for (Domain domain : taken) {
            throw domain.accountId.equals(accountId) ? alreadyThere() : heldByAnother();
        }
    }

    private Domain domain(UUID accountId, NewDomain asked, List<String> dkimTokens) {
        Domain domain = new Domain();
        domain.accountId = accountId;
        domain.id = ids.next();
        domain.name = asked.name();
        domain.status = DomainStatus.NOT_STARTED.value();
        domain.dkimTokens = String.join(" ", dkimTokens);
        domain.challenge = DomainChallenge.generate();
        domain.challengeStatus = DomainStatus.NOT_STARTED.value();
        domain.dkimStatus = DomainStatus.NOT_STARTED.value();
        domain.mailFromDomain = asked.mailFromDomain();
        domain.mailFromStatus = DomainStatus.NOT_STARTED.value();
        domain.region = region;
        domain.createdAt = clock.instant();
        return domain;
    }

    private static DomainKey key(UUID accountId, String id) {
        try {
            return new DomainKey(accountId, UUID.fromString(id));
        } catch (IllegalArgumentException noId) {
            throw DomainRepository.unknown();
        }
    }

    private static ProblemException alreadyThere() {
        return CONFLICT.because("The account already has this domain. See GET /v1/domains.");
    }

    private static ProblemException heldByAnother() {
        return CONFLICT.because("Another account has already verified this domain.");
    }
}

package dev.sendex.send.domains;

import static dev.sendex.common.problem.Problem.CONFLICT;

import dev.sendex.common.page.Deleted;
import dev.sendex.common.page.ListOf;
import dev.sendex.common.page.Page;
import dev.sendex.common.problem.ProblemException;
import dev.sendex.common.runtime.Ids;
import dev.sendex.send.database.Violations;
import dev.sendex.send.domains.DomainRules.NewDomain;
import dev.sendex.send.domains.DomainsResource.CreateDomain;
import dev.sendex.send.domains.DomainsResource.ShortDomain;
import dev.sendex.send.domains.DomainsResource.UpdateDomain;
import dev.sendex.send.ses.SesIdentities;
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

    private final DomainStore domains;
    private final DomainRules rules;
    private final DomainChallenge challenge;
    private final DomainIdentities identities;
    private final DomainConfig config;
    private final Ids ids;
    private final Clock clock;
    private final String region;

    Domains(
            DomainStore domains,
            DomainRules rules,
            DomainChallenge challenge,
            DomainIdentities identities,
            SesIdentities ses,
            DomainConfig config,
            Ids ids,
            Clock clock) {
        this.domains = domains;
        this.rules = rules;
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
                .map(tokens ->
                        Domain.create(
                                accountId, ids.next(), asked, tokens, region, clock.instant()))
                .chain(domains::add)
                .map(domain -> DomainView.of(domain, config))
                .onFailure(Violations.of("domain_name_unique_in_account"))
                .transform(lost -> alreadyThere());
    }

    Uni<ListOf<DomainView>> list(UUID accountId, Page page) {
        return domains.list(accountId, page, domain -> DomainView.inList(domain, config));
    }

    Uni<DomainView> require(UUID accountId, String id) {
        return row(accountId, id).map(domain -> DomainView.of(domain, config));
    }

    /// Nothing about a domain can be changed, so that the request is right if it asks for what is.
    Uni<ShortDomain> update(UUID accountId, String id, @Nullable UpdateDomain options) {
        return row(accountId, id).invoke(() -> rules.check(options)).map(ShortDomain::of);
    }

    /// Looks whether the account has proven to hold the domain, and takes over what SES has found
    /// in the DNS by now.
    Uni<ShortDomain> verify(UUID accountId, String id) {
        return row(accountId, id)
                .invoke(domain -> rules.refuseReserved(domain.name()))
                .chain(this::find)
                .chain(state -> takeOver(accountId, id(id), state))
                .map(ShortDomain::of)
                .onFailure(Violations.of("domain_verified_once"))
                .transform(lost -> heldByAnother());
    }

    /// What SES knows of the domain; null where it is not proven.
    private Uni<SesIdentities.@Nullable State> find(Domain domain) {
        return challenge
                .isMet(domain)
                .chain(met ->
                        met
                                ? identities.settle(domain.name(), domain.mailFromDomain())
                                : Uni.createFrom().nullItem());
    }

    private Uni<Domain> takeOver(UUID accountId, UUID id, SesIdentities.@Nullable State state) {
        return domains.check(
                accountId,
                id,
                domain ->
                        state == null
                                ? domain.awaitingProof()
                                : domain.proven(state, clock.instant()));
    }

    /// Forgets the domain, also at SES unless another account has it as well.
    Uni<Deleted> delete(UUID accountId, String id) {
        return domains.remove(accountId, id(id))
                .call(domain -> forget(domain.name()))
                .map(domain -> new Deleted("domain", domain.id()));
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
        return domains.require(accountId, id(id));
    }

    private static void refuseTaken(UUID accountId, List<Domain> taken) {
        for (Domain domain : taken) {
            throw domain.accountId().equals(accountId) ? alreadyThere() : heldByAnother();
        }
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException noId) {
            throw DomainStore.unknown();
        }
    }

    private static ProblemException alreadyThere() {
        return CONFLICT.because("The account already has this domain. See GET /v1/domains.");
    }

    private static ProblemException heldByAnother() {
        return CONFLICT.because("Another account has already verified this domain.");
    }
}

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

/// Use cases of domains. No transaction is open during calls to SES, which may be slow; database
/// constraints resolve races between requests.
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
        return domains.conflicting(accountId, asked.name())
                .invoke(found -> refuseConflict(accountId, found))
                .chain(() -> identities.ensure(asked.name(), asked.mailFromDomain()))
                .map(tokens ->
                        Domain.create(
                                accountId, ids.next(), asked, tokens, region, clock.instant()))
                .chain(domains::add)
                .map(domain -> DomainView.of(domain, config))
                .onFailure(Violations.of("domain_name_unique_in_account"))
                .transform(lost -> alreadyAdded());
    }

    Uni<ListOf<DomainView>> list(UUID accountId, Page page) {
        return domains.list(accountId, page, domain -> DomainView.inList(domain, config));
    }

    Uni<DomainView> require(UUID accountId, String id) {
        return row(accountId, id).map(domain -> DomainView.of(domain, config));
    }

    /// A domain has nothing to change: succeeds if the request matches the current options.
    Uni<ShortDomain> update(UUID accountId, String id, @Nullable UpdateDomain options) {
        return row(accountId, id).invoke(() -> rules.check(options)).map(ShortDomain::of);
    }

    /// Checks whether the account has proven that it controls the domain, and if so stores the
    /// state of the SES identity.
    Uni<ShortDomain> verify(UUID accountId, String id) {
        return row(accountId, id)
                .invoke(domain -> rules.refuseReserved(domain.name()))
                .chain(this::proofState)
                .chain(state -> store(accountId, id(id), state))
                .map(ShortDomain::of)
                .onFailure(Violations.of("domain_verified_once"))
                .transform(lost -> verifiedByAnother());
    }

    /// The state of the SES identity; null if the domain is not proven.
    private Uni<SesIdentities.@Nullable State> proofState(Domain domain) {
        return challenge
                .isMet(domain)
                .chain(met ->
                        met
                                ? identities.syncState(domain.name(), domain.mailFromDomain())
                                : Uni.createFrom().nullItem());
    }

    private Uni<Domain> store(UUID accountId, UUID id, SesIdentities.@Nullable State state) {
        return domains.check(
                accountId,
                id,
                domain ->
                        state == null
                                ? domain.awaitingProof()
                                : domain.proven(state, clock.instant()));
    }

    /// Removes the domain, and its SES identity unless another account also has the domain.
    Uni<Deleted> delete(UUID accountId, String id) {
        return domains.remove(accountId, id(id))
                .call(domain -> deleteIdentity(domain.name()))
                .map(domain -> new Deleted("domain", domain.id()));
    }

    private Uni<Void> deleteIdentity(String name) {
        return domains.isInUse(name)
                .chain(inUse -> inUse ? Uni.createFrom().voidItem() : identities.delete(name))
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

    private static void refuseConflict(UUID accountId, List<Domain> conflicting) {
        for (Domain domain : conflicting) {
            throw domain.accountId().equals(accountId) ? alreadyAdded() : verifiedByAnother();
        }
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException noId) {
            throw DomainStore.unknown();
        }
    }

    private static ProblemException alreadyAdded() {
        return CONFLICT.because("The account already has this domain. See GET /v1/domains.");
    }

    private static ProblemException verifiedByAnother() {
        return CONFLICT.because("Another account has already verified this domain.");
    }
}

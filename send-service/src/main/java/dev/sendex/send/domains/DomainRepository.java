package dev.sendex.send.domains;

import static dev.sendex.common.problem.Problem.NOT_FOUND;

import dev.sendex.common.page.Page;
import dev.sendex.common.problem.ProblemException;
import dev.sendex.send.ses.SesIdentities;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class DomainRepository implements PanacheRepositoryBase<Domain, DomainKey> {

    @WithTransaction
    Uni<Domain> add(Domain domain) {
        return persist(domain);
    }

    @WithSession
    Uni<Domain> require(DomainKey key) {
        return findById(key).onItem().ifNull().failWith(DomainRepository::unknown);
    }

    @WithSession
    Uni<List<Domain>> page(UUID accountId, Page page) {
        if (page.before() != null) {
            return find("accountId = ?1 and id > ?2 order by id", accountId, page.before())
                    .page(0, page.fetch())
                    .list();
        }
        if (page.after() != null) {
            return find("accountId = ?1 and id < ?2 order by id desc", accountId, page.after())
                    .page(0, page.fetch())
                    .list();
        }
        return find("accountId = ?1 order by id desc", accountId).page(0, page.fetch()).list();
    }

    /// Whether an account has the domain already, or another one has verified it.
    @WithSession
    Uni<List<Domain>> taken(UUID accountId, String name) {
        return find(
                        "name = ?1 and (accountId = ?2 or status = ?3)",
                        name,
                        accountId,
                        DomainStatus.VERIFIED.value())
                .list();
    }

    @WithTransaction
    Uni<Domain> update(DomainKey key, SesIdentities.State state, Instant now) {
        return findById(key)
                .onItem()
                .ifNull()
                .failWith(DomainRepository::unknown)
                .invoke(domain -> apply(domain, state, now));
    }

    @WithTransaction
    Uni<Boolean> remove(DomainKey key) {
        return deleteById(key);
    }

    @WithSession
    Uni<Boolean> isInUse(String name) {
        return count("name", name).map(accounts -> accounts > 0);
    }

    static ProblemException unknown() {
        return NOT_FOUND.because("There is no domain with this id.");
    }

    private static void apply(Domain domain, SesIdentities.State state, Instant now) {
        DomainStatus status = DomainStatus.ofSes(state.verification());
        domain.status = status.value();
        domain.dkimStatus = DomainStatus.ofSes(state.dkim()).value();
        domain.mailFromStatus = DomainStatus.ofSes(state.mailFrom()).value();
        if (status == DomainStatus.VERIFIED && domain.verifiedAt == null) {
            domain.verifiedAt = now;
        }
    }
}

package dev.sendex.send.domains;

import static dev.sendex.common.problem.Problem.NOT_FOUND;

import dev.sendex.common.page.Page;
import dev.sendex.common.problem.ProblemException;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class DomainRepository implements PanacheRepositoryBase<Domain, DomainKey> {

    @WithSession
    Uni<Domain> require(DomainKey key) {
        return findById(key).onItem().ifNull().failWith(DomainRepository::unknown);
    }

    /// As [#require], locked until the caller's transaction ends: what was before must be what it
    /// changes.
    Uni<Domain> requireForChange(DomainKey key) {
        return findById(key, LockModeType.PESSIMISTIC_WRITE)
                .onItem()
                .ifNull()
                .failWith(DomainRepository::unknown);
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

    @WithSession
    Uni<Boolean> isInUse(String name) {
        return count("name", name).map(accounts -> accounts > 0);
    }

    static ProblemException unknown() {
        return NOT_FOUND.because("No domain has this id.");
    }
}

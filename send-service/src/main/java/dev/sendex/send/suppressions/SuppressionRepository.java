package dev.sendex.send.suppressions;

import static dev.sendex.common.problem.Problem.NOT_FOUND;

import dev.sendex.common.page.Page;
import dev.sendex.common.problem.ProblemException;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;

@ApplicationScoped
class SuppressionRepository implements PanacheRepositoryBase<Suppression, SuppressionKey> {

    @WithSession
    Uni<List<Suppression>> page(UUID accountId, Set<String> origins, Page page) {
        String ofAccount = "accountId = ?1 and reason in ?2";
        if (page.before() != null) {
            return find(ofAccount + " and id > ?3 order by id", accountId, origins, page.before())
                    .page(0, page.fetch())
                    .list();
        }
        if (page.after() != null) {
            return find(
                            ofAccount + " and id < ?3 order by id desc",
                            accountId,
                            origins,
                            page.after())
                    .page(0, page.fetch())
                    .list();
        }
        return find(ofAccount + " order by id desc", accountId, origins)
                .page(0, page.fetch())
                .list();
    }

    @WithSession
    Uni<Suppression> require(SuppressionKey key) {
        return findById(key).onItem().ifNull().failWith(SuppressionRepository::unknown);
    }

    /// @param mailbox as suppressions hold it, in lower case
    @WithSession
    Uni<Suppression> requireAddress(UUID accountId, String mailbox) {
        return find("accountId = ?1 and address = ?2", accountId, mailbox)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(SuppressionRepository::unknown);
    }

    @WithTransaction
    Uni<Boolean> remove(SuppressionKey key) {
        return deleteById(key);
    }

    static ProblemException unknown() {
        return NOT_FOUND.because("No suppression has this id or address.");
    }
}

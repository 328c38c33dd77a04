package dev.sendex.webhook.endpoints;

import dev.sendex.common.page.Page;
import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class EndpointRepository implements PanacheRepositoryBase<Endpoint, UUID> {

    Uni<@Nullable Endpoint> find(UUID accountId, UUID id) {
        return find("accountId = ?1 and id = ?2", accountId, id).firstResult();
    }

    /// Locked until the caller's transaction ends: what was before must be what it changes.
    Uni<@Nullable Endpoint> findForChange(UUID accountId, UUID id) {
        return find("accountId = ?1 and id = ?2", accountId, id)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult();
    }

    Uni<List<Endpoint>> list(UUID accountId, Page page) {
        return query(accountId, page).range(0, page.fetch() - 1).list();
    }

    private PanacheQuery<Endpoint> query(UUID accountId, Page page) {
        if (page.after() != null) {
            return find("accountId = ?1 and id < ?2 order by id desc", accountId, page.after());
        }
        if (page.before() != null) {
            return find("accountId = ?1 and id > ?2 order by id", accountId, page.before());
        }
        return find("accountId = ?1 order by id desc", accountId);
    }
}

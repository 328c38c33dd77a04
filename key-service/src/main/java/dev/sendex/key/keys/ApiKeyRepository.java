package dev.sendex.key.keys;

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
class ApiKeyRepository implements PanacheRepositoryBase<ApiKey, UUID> {

    private static final String OF_ACCOUNT = "accountId = ?1 and id = ?2";

    Uni<@Nullable ApiKey> find(UUID accountId, UUID id) {
        return find(OF_ACCOUNT, accountId, id).firstResult();
    }

    /// The key, locked until the transaction ends.
    Uni<@Nullable ApiKey> findForChange(UUID accountId, UUID id) {
        return find(OF_ACCOUNT, accountId, id)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult();
    }

    Uni<List<ApiKey>> list(UUID accountId, Page page) {
        return query(accountId, page).range(0, page.fetch() - 1).list();
    }

    private PanacheQuery<ApiKey> query(UUID accountId, Page page) {
        if (page.after() != null) {
            return find("accountId = ?1 and id < ?2 order by id desc", accountId, page.after());
        }
        if (page.before() != null) {
            return find("accountId = ?1 and id > ?2 order by id", accountId, page.before());
        }
        return find("accountId = ?1 order by id desc", accountId);
    }
}

package dev.sendex.key.keys;

import dev.sendex.common.page.Page;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /// The member's keys that are not revoked, locked until the transaction ends. The fixed order
    /// prevents deadlocks.
    Uni<List<ApiKey>> findOwnedForChange(UUID accountId, UUID memberId) {
        return find(
                        "accountId = ?1 and ownerId = ?2 and revokedAt is null order by id",
                        accountId,
                        memberId)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }

    Uni<List<ApiKey>> list(
            UUID accountId, KeyFilter filter, Page page, Instant now, Duration expiringWithin) {
        List<String> conditions = new ArrayList<>(filter.conditions());
        Map<String, Object> parameters = filter.parameters(now, expiringWithin);
        conditions.addFirst("accountId = :account");
        parameters.put("account", accountId);
        UUID before = page.before();
        UUID after = page.after();
        if (before != null) {
            conditions.add("id > :before");
            parameters.put("before", before);
        }
        if (after != null) {
            conditions.add("id < :after");
            parameters.put("after", after);
        }
        String order = before == null ? " order by id desc" : " order by id";
        return find("from api_key k where " + String.join(" and ", conditions) + order, parameters)
                .range(0, page.fetch() - 1)
                .list();
    }
}

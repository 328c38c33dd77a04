package dev.sendex.key.accounts;

import dev.sendex.common.page.Page;
import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class MemberRepository implements PanacheRepositoryBase<Member, UUID> {

    Uni<@Nullable Member> findByEmail(String email) {
        return find("email", email).firstResult();
    }

    Uni<@Nullable Member> find(UUID accountId, UUID id) {
        return find("accountId = ?1 and id = ?2", accountId, id).firstResult();
    }

    Uni<Long> countOwners(UUID accountId) {
        return count("accountId = ?1 and role = ?2", accountId, Role.OWNER.value());
    }

    /// The owners, and this member if they still exist, oldest first.
    Uni<List<Member>> listOwnersAnd(UUID accountId, UUID memberId, int limit) {
        return find(
                        "accountId = ?1 and (role = ?2 or id = ?3) order by id",
                        accountId,
                        Role.OWNER.value(),
                        memberId)
                .page(0, limit)
                .list();
    }

    Uni<List<Member>> list(UUID accountId, Page page) {
        return query(accountId, page).page(0, page.fetch()).list();
    }

    private PanacheQuery<Member> query(UUID accountId, Page page) {
        if (page.after() != null) {
            return find("accountId = ?1 and id < ?2 order by id desc", accountId, page.after());
        }
        return page.before() != null
                ? find("accountId = ?1 and id > ?2 order by id", accountId, page.before())
                : find("accountId = ?1 order by id desc", accountId);
    }
}

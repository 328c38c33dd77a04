package dev.sendex.key.invitations;

import dev.sendex.common.page.Page;
import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class InvitationRepository implements PanacheRepositoryBase<Invitation, UUID> {

    /// The invitation of this link, locked, so that it adds only one member.
    Uni<@Nullable Invitation> findOpen(byte[] tokenHash, Instant now) {
        return find("tokenHash = ?1 and expiresAt > ?2", tokenHash, now)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult();
    }

    Uni<@Nullable Invitation> find(UUID accountId, UUID id) {
        return find("accountId = ?1 and id = ?2", accountId, id).firstResult();
    }

    /// Deletes earlier invitations of the same person, and expired ones.
    Uni<Long> removeSuperseded(UUID accountId, String email, Instant now) {
        return delete("accountId = ?1 and (email = ?2 or expiresAt <= ?3)", accountId, email, now);
    }

    Uni<List<Invitation>> list(UUID accountId, Page page, Instant now) {
        return query(accountId, page, now).page(0, page.fetch()).list();
    }

    private PanacheQuery<Invitation> query(UUID accountId, Page page, Instant now) {
        String open = "accountId = ?1 and expiresAt > ?2";
        if (page.after() != null) {
            return find(open + " and id < ?3 order by id desc", accountId, now, page.after());
        }
        return page.before() != null
                ? find(open + " and id > ?3 order by id", accountId, now, page.before())
                : find(open + " order by id desc", accountId, now);
    }
}

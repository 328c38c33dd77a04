package dev.sendex.key.sessions;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class SessionRepository implements PanacheRepositoryBase<Session, UUID> {

    private static final String OPEN_OF_MEMBER =
            "accountId = ?1 and memberId = ?2 and endedAt is null and expiresAt > ?3";

    /// Only the newest sessions are listed.
    private static final int MAX_LISTED = 100;

    /// The session of this token family, open or ended. Its row is locked, so that of two
    /// concurrent refreshes the second sees the replaced token.
    Uni<@Nullable Session> findByFamily(byte[] familyHash) {
        return find("familyHash", (Object) familyHash)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult();
    }

    Uni<List<Session>> listOpen(UUID accountId, UUID memberId, Instant now) {
        return find(OPEN_OF_MEMBER + " order by id desc", accountId, memberId, now)
                .page(0, MAX_LISTED)
                .list();
    }

    Uni<@Nullable Session> findOpen(UUID accountId, UUID memberId, UUID id, Instant now) {
        return find(OPEN_OF_MEMBER + " and id = ?4", accountId, memberId, now, id).firstResult();
    }

    /// @param except the session to keep, or null
    Uni<Integer> endAll(UUID memberId, @Nullable UUID except, Instant now) {
        return except == null
                ? update("endedAt = ?1 where memberId = ?2 and endedAt is null", now, memberId)
                : update(
                        "endedAt = ?1 where memberId = ?2 and endedAt is null and id <> ?3",
                        now,
                        memberId,
                        except);
    }
}

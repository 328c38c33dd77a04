package dev.sendex.key.accounts;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class SessionRepository implements PanacheRepositoryBase<Session, UUID> {

    /// The session that goes on with this refresh token. Its row is locked, so that of two
    /// refreshes with one token only the first finds it.
    Uni<@Nullable Session> findOpen(byte[] refreshHash, Instant now) {
        return find("refreshHash = ?1 and endedAt is null and expiresAt > ?2", refreshHash, now)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult();
    }
}

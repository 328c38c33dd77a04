package dev.sendex.key.keys;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;

/// What becomes of a member's keys when the member changes. All of it happens inside the caller's
/// Hibernate transaction, in one statement however many keys there are; the caller nudges the
/// outbox after the commit.
@ApplicationScoped
public class OwnedKeys {

    /// Changes keys that are not revoked and tells whoever remembers them; the placeholder stands
    /// for what changes.
    private static final String CHANGE =
            """
            with changed as (
                update api_key set version = version + 1 %s
                where account_id = ?1 and owner_id = ?2 and revoked_at is null
                returning id, version, revoked_at
            )
            insert into outbox (topic, message_key, payload)
            select 'sendex.keys', id::text, json_build_object(
                'key_id', id, 'version', version,
                'state', case when revoked_at is null then 'active' else 'revoked' end)::text
            from changed
            """;

    private static final String ANNOUNCE = CHANGE.formatted("");
    private static final String REVOKE = CHANGE.formatted(", revoked_at = ?3, revoked_reason = ?4");
    private static final String HAND_OVER = CHANGE.formatted(", owner_id = ?3");
    private static final String COUNT =
            """
            select count(*) from api_key
            where account_id = ?1 and owner_id = ?2 and revoked_at is null
                and (expires_at is null or expires_at > ?3)
            """;

    private final Clock clock;

    OwnedKeys(Clock clock) {
        this.clock = clock;
    }

    /// How many keys of the member work today.
    public Uni<Long> count(UUID accountId, UUID memberId) {
        return Panache.getSession()
                .chain(session ->
                        session.createNativeQuery(COUNT, Long.class)
                                .setParameter(1, accountId)
                                .setParameter(2, memberId)
                                .setParameter(3, clock.instant())
                                .getSingleResult());
    }

    /// Says that the member may do more or less than before, and so may their keys.
    ///
    /// @return how many keys that concerns
    public Uni<Integer> announceOwnedBy(UUID accountId, UUID memberId) {
        return Panache.getSession()
                .chain(session ->
                        session.createNativeQuery(ANNOUNCE)
                                .setParameter(1, accountId)
                                .setParameter(2, memberId)
                                .executeUpdate());
    }

    /// Revokes the member's keys, for ever.
    ///
    /// @return how many there were
    public Uni<Integer> revokeOwnedBy(UUID accountId, UUID memberId, String reason) {
        return Panache.getSession()
                .chain(session ->
                        session.createNativeQuery(REVOKE)
                                .setParameter(1, accountId)
                                .setParameter(2, memberId)
                                .setParameter(3, clock.instant())
                                .setParameter(4, reason)
                                .executeUpdate());
    }

    /// Makes the member's keys another member's.
    ///
    /// @return how many there were
    public Uni<Integer> handOver(UUID accountId, UUID memberId, UUID toMemberId) {
        return Panache.getSession()
                .chain(session ->
                        session.createNativeQuery(HAND_OVER)
                                .setParameter(1, accountId)
                                .setParameter(2, memberId)
                                .setParameter(3, toMemberId)
                                .executeUpdate());
    }
}

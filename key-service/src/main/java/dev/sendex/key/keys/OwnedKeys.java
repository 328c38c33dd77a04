package dev.sendex.key.keys;

import dev.sendex.common.audit.Actor;
import dev.sendex.common.audit.Target;
import dev.sendex.common.identity.Caller;
import dev.sendex.key.audit.AuditLog;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What becomes of a member's keys when the member changes. All of it happens inside the caller's
/// Hibernate transaction, and is told to the audit log where it changes the keys themselves; the
/// caller nudges the outbox after the commit.
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
            ), told as (
                insert into outbox (topic, message_key, payload)
                select 'sendex.keys', id::text, json_build_object(
                    'key_id', id, 'version', version,
                    'state', case when revoked_at is null then 'active' else 'revoked' end)::text
                from changed
            )
            select id from changed order by id
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

    private final AuditLog audit;
    private final Clock clock;

    OwnedKeys(AuditLog audit, Clock clock) {
        this.audit = audit;
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
                        session.createNativeQuery(ANNOUNCE, UUID.class)
                                .setParameter(1, accountId)
                                .setParameter(2, memberId)
                                .getResultList())
                .map(List::size);
    }

    /// Revokes the member's keys, for ever.
    ///
    /// @return how many there were
    public Uni<Integer> revokeOwnedBy(UUID accountId, UUID memberId, String reason, Caller caller) {
        Map<String, String> after = Map.of("revoked_reason", reason);
        return Panache.getSession()
                .chain(session ->
                        session.createNativeQuery(REVOKE, UUID.class)
                                .setParameter(1, accountId)
                                .setParameter(2, memberId)
                                .setParameter(3, clock.instant())
                                .setParameter(4, reason)
                                .getResultList())
                .call(keys -> record(caller, keys, "api_key.revoked", null, after))
                .map(List::size);
    }

    /// Makes the member's keys another member's.
    ///
    /// @return how many there were
    public Uni<Integer> handOver(UUID accountId, UUID memberId, UUID toMemberId, Caller caller) {
        Map<String, UUID> before = Map.of("owner_id", memberId);
        Map<String, UUID> after = Map.of("owner_id", toMemberId);
        return Panache.getSession()
                .chain(session ->
                        session.createNativeQuery(HAND_OVER, UUID.class)
                                .setParameter(1, accountId)
                                .setParameter(2, memberId)
                                .setParameter(3, toMemberId)
                                .getResultList())
                .call(keys -> record(caller, keys, "api_key.handed_over", before, after))
                .map(List::size);
    }

    private Uni<Void> record(
            Caller caller, List<UUID> keys, String action, @Nullable Object before, Object after) {
        UUID account = caller.accountId();
        Actor actor = Actor.of(caller);
        return Multi.createFrom()
                .iterable(keys)
                .map(id -> new Target("api_key", id))
                .onItem()
                .transformToUniAndConcatenate(
                        key -> audit.record(account, actor, action, key, before, after))
                .collect()
                .last()
                .replaceWithVoid();
    }
}

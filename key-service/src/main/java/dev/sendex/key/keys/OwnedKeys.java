package dev.sendex.key.keys;

import static dev.sendex.common.problem.Problem.CONFLICT;

import dev.sendex.common.audit.Actor;
import dev.sendex.common.event.KeyChange;
import dev.sendex.common.identity.caller.Caller;
import dev.sendex.common.kafka.Topics;
import dev.sendex.common.permission.Permission;
import dev.sendex.key.keys.KeyEvents.Change;
import dev.sendex.key.outbox.Outbox;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Changes a member's keys when the member changes, inside the caller's Hibernate transaction.
/// Changes of the keys themselves are recorded in the audit log. The caller wakes the outbox after
/// the commit.
@ApplicationScoped
public class OwnedKeys {

    private static final String NEXT_VERSION =
            """
            with changed as (
                update api_key set version = version + 1
                where account_id = ?1 and owner_id = ?2 and revoked_at is null
                returning id, version
            )
            select id, version from changed
            """;

    private static final String COUNT =
            """
            select count(*) from api_key
            where account_id = ?1 and owner_id = ?2 and revoked_at is null
                and (expires_at is null or expires_at > ?3)
            """;

    private final ApiKeyRepository keys;
    private final KeyEvents events;
    private final Outbox outbox;
    private final Clock clock;

    OwnedKeys(ApiKeyRepository keys, KeyEvents events, Outbox outbox, Clock clock) {
        this.keys = keys;
        this.events = events;
        this.outbox = outbox;
        this.clock = clock;
    }

    /// A transfer of all keys of one member to another.
    ///
    /// @param gained permissions that the new owner has and the previous one had not
    public record Transfer(UUID accountId, UUID from, UUID to, Set<Permission> gained) {}

    /// How many keys of the member are neither revoked nor expired.
    public Uni<Long> count(UUID accountId, UUID memberId) {
        return Panache.getSession()
                .chain(session ->
                        session.createNativeQuery(COUNT, Long.class)
                                .setParameter(1, accountId)
                                .setParameter(2, memberId)
                                .setParameter(3, clock.instant())
                                .getSingleResult());
    }

    /// Publishes that the member's permissions have changed, and with them those of their keys:
    /// other services evict them from their caches.
    public Uni<Void> announceOwnedBy(UUID accountId, UUID memberId) {
        return Panache.getSession()
                .chain(session ->
                        session.createNativeQuery(NEXT_VERSION, Object[].class)
                                .setParameter(1, accountId)
                                .setParameter(2, memberId)
                                .getResultList())
                .map(changed -> changed.stream().map(OwnedKeys::change).toList())
                .chain(changes ->
                        outbox.addAll(Topics.KEYS, changes, change -> change.keyId().toString()));
    }

    private static KeyChange change(Object[] key) {
        return new KeyChange((UUID) key[0], ((Number) key[1]).longValue(), "active");
    }

    /// Permanently revokes the member's keys.
    ///
    /// @return how many there were
    public Uni<Integer> revokeOwnedBy(UUID accountId, UUID memberId, String reason, Caller caller) {
        Change revocation =
                new Change(
                        "api_key.revoked",
                        Actor.of(caller),
                        null,
                        Map.of("revoked_reason", reason));
        return keys.findOwnedForChange(accountId, memberId)
                .invoke(owned -> owned.forEach(key -> key.revoke(clock.instant(), reason)))
                .call(owned -> notify(owned, revocation))
                .map(List::size);
    }

    /// Transfers the member's keys to another member. The previous owner may still know the tokens,
    /// so no key may gain permissions by the transfer.
    ///
    /// @return how many there were
    /// @throws dev.sendex.common.problem.ProblemException `conflict` if a key would gain
    ///   permissions
    public Uni<Integer> transfer(Transfer keysOf, Caller caller) {
        Change transfer =
                new Change(
                        "api_key.updated",
                        "api_key.handed_over",
                        Actor.of(caller),
                        Map.of("owner_id", keysOf.from()),
                        Map.of("owner_id", keysOf.to()));
        return keys.findOwnedForChange(keysOf.accountId(), keysOf.from())
                .invoke(owned -> owned.forEach(key -> refuseGain(key, keysOf.gained())))
                .invoke(owned -> owned.forEach(key -> key.transfer(keysOf.to())))
                .call(owned -> notify(owned, transfer))
                .map(List::size);
    }

    private static void refuseGain(ApiKey key, Set<Permission> gained) {
        if (key.permissions().stream().anyMatch(gained::contains)) {
            throw CONFLICT.because(
                    ("The key `%s` could do more under its new owner, and the former one may still"
                                    + " know its token. Revoke it first, or choose another owner.")
                            .formatted(key.name));
        }
    }

    private Uni<Void> notify(List<ApiKey> changed, Change change) {
        return Multi.createFrom()
                .iterable(changed)
                .onItem()
                .transformToUniAndConcatenate(key -> events.changed(key, change))
                .collect()
                .last()
                .replaceWithVoid();
    }
}

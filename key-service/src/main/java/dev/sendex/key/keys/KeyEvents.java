package dev.sendex.key.keys;

import dev.sendex.common.audit.Actor;
import dev.sendex.common.audit.AuditRecord.Target;
import dev.sendex.common.event.KeyChange;
import dev.sendex.common.kafka.Topics;
import dev.sendex.key.audit.AuditLog;
import dev.sendex.key.outbox.Outbox;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Publishes changes of keys, inside the transaction of the change: to the audit log, to the
/// services that cache keys, and to the account's webhooks.
@ApplicationScoped
class KeyEvents {

    private final Outbox outbox;
    private final AuditLog audit;
    private final KeyConfig config;
    private final Clock clock;

    KeyEvents(Outbox outbox, AuditLog audit, KeyConfig config, Clock clock) {
        this.outbox = outbox;
        this.audit = audit;
        this.config = config;
        this.clock = clock;
    }

    /// The members of `data` in the events `api_key.*`.
    @RegisterForReflection
    record EventData(
            UUID id,
            String name,
            String hint,
            String environment,
            String state,
            @Nullable String reason) {}

    /// What happened to a key.
    ///
    /// @param type of the webhook event, for example `api_key.revoked`
    /// @param action the name in the audit log
    /// @param before the changed values before the change, if they are worth logging
    /// @param after the same values after the change
    record Change(
            String type,
            String action,
            Actor actor,
            @Nullable Object before,
            @Nullable Object after) {

        /// A change with the same name in the audit log and in webhooks.
        Change(String type, Actor actor, @Nullable Object before, @Nullable Object after) {
            this(type, type, actor, before, after);
        }
    }

    /// A new key is in no cache, so only the audit log and the webhooks get this event.
    Uni<Void> created(ApiKey key, Actor creator) {
        Change creation = new Change("api_key.created", creator, null, KeyView.KeyTerms.of(key));
        return notify(key, creation).chain(() -> audit(key, creation));
    }

    /// Call it after the key's version was incremented.
    Uni<Void> changed(ApiKey key, Change change) {
        KeyChange data = new KeyChange(key.id, key.version, state(key));
        return outbox.add(Topics.KEYS, key.id.toString(), data)
                .chain(() -> notify(key, change))
                .chain(() -> audit(key, change));
    }

    private Uni<Void> audit(ApiKey key, Change change) {
        return audit.record(
                key.accountId,
                change.actor(),
                change.action(),
                new Target("api_key", key.id),
                change.before(),
                change.after());
    }

    private Uni<Void> notify(ApiKey key, Change change) {
        EventData data =
                new EventData(
                        key.id, key.name, key.hint, key.environment, state(key), key.revokedReason);
        return outbox.addEvent(key.accountId, change.type(), data);
    }

    private String state(ApiKey key) {
        return KeyState.of(key, clock.instant(), config.expiringWithin()).value();
    }

    /// Publishes the outbox. Call it after the commit.
    void wake() {
        outbox.wake();
    }
}

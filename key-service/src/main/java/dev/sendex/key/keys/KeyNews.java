package dev.sendex.key.keys;

import dev.sendex.common.event.KeyChange;
import dev.sendex.common.event.Topics;
import dev.sendex.key.outbox.Outbox;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Tells of changed keys, inside the transaction of the change: the services that remember keys,
/// and the account's webhooks.
@ApplicationScoped
class KeyNews {

    private final Outbox outbox;
    private final KeyConfig config;
    private final Clock clock;

    KeyNews(Outbox outbox, KeyConfig config, Clock clock) {
        this.outbox = outbox;
        this.config = config;
        this.clock = clock;
    }

    /// The members of `data` in the events `api_key.*`.
    @RegisterForReflection
    record Told(
            UUID id,
            String name,
            String hint,
            String environment,
            String state,
            @Nullable String reason) {}

    /// Nobody remembers a key that is new; the account is told all the same.
    Uni<Void> created(ApiKey key) {
        return tell(key, "api_key.created");
    }

    /// The change must be flushed with the transaction; the key's version says which it is.
    ///
    /// @param type the event's, for example `api_key.revoked`
    Uni<Void> changed(ApiKey key, String type) {
        KeyChange change = new KeyChange(key.id, key.version, state(key));
        return outbox.add(Topics.KEYS, key.id.toString(), change).chain(() -> tell(key, type));
    }

    private Uni<Void> tell(ApiKey key, String type) {
        Told told =
                new Told(
                        key.id, key.name, key.hint, key.environment, state(key), key.revokedReason);
        return outbox.tell(key.accountId, type, told);
    }

    private String state(ApiKey key) {
        return KeyState.of(key, clock.instant(), config.expiringWithin()).value();
    }

    /// Says that the transaction has committed.
    void nudge() {
        outbox.nudge();
    }
}

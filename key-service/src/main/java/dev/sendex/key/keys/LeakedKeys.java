package dev.sendex.key.keys;

import dev.sendex.common.audit.Actor;
import dev.sendex.common.token.ApiKeyToken;
import dev.sendex.key.keys.KeyEvents.Change;
import dev.sendex.key.keys.peppers.Peppers;
import dev.sendex.key.keys.peppers.TokenMac;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Revokes keys whose tokens were leaked.
@ApplicationScoped
public class LeakedKeys {

    private final ApiKeyRepository keys;
    private final Peppers peppers;
    private final KeyEvents events;
    private final Clock clock;

    LeakedKeys(ApiKeyRepository keys, Peppers peppers, KeyEvents events, Clock clock) {
        this.keys = keys;
        this.peppers = peppers;
        this.events = events;
        this.clock = clock;
    }

    /// A key whose token was leaked.
    ///
    /// @param newly false if it was already revoked
    public record LeakedKey(UUID accountId, UUID ownerId, UUID keyId, String name, boolean newly) {}

    /// Revokes the key of this token inside the caller's Hibernate transaction. The caller calls
    /// [#wake()] after the commit. The token itself is sufficient proof, since anyone who has it
    /// can use the key.
    ///
    /// @return null if the token belongs to no key, or was replaced and has expired
    public Uni<@Nullable LeakedKey> revoke(ApiKeyToken token, String reason) {
        return keys.findById(token.keyId(), LockModeType.PESSIMISTIC_WRITE)
                .chain(key -> revokeIfGenuine(key, token, reason));
    }

    private Uni<@Nullable LeakedKey> revokeIfGenuine(
            @Nullable ApiKey key, ApiKeyToken token, String reason) {
        boolean genuine = matches(key, token);
        if (key == null || !genuine) {
            return Uni.createFrom().nullItem();
        }
        LeakedKey leaked =
                new LeakedKey(key.accountId, key.ownerId, key.id, key.name, !key.isRevoked());
        if (!leaked.newly()) {
            return Uni.createFrom().item(leaked);
        }
        key.revoke(clock.instant(), reason);
        Log.infof("leaked key revoked keyId=%s", key.id);
        Object after = Map.of("revoked_reason", reason);
        return events.changed(key, new Change("api_key.leaked", Actor.system(), null, after))
                .replaceWith(leaked);
    }

    private boolean matches(@Nullable ApiKey key, ApiKeyToken token) {
        if (key == null) {
            return peppers.verify(token, null);
        }
        boolean present = peppers.verify(token, new TokenMac(key.pepperVersion, key.tokenMac));
        byte[] formerMac = key.previousTokenMac;
        Integer formerPepper = key.previousPepperVersion;
        return present
                || (formerMac != null
                        && formerPepper != null
                        && key.isRotatingAt(clock.instant())
                        && peppers.verify(token, new TokenMac(formerPepper, formerMac)));
    }

    /// Publishes the outbox. Call it after the commit.
    public void wake() {
        events.wake();
    }
}

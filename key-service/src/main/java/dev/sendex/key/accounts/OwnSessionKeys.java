package dev.sendex.key.accounts;

import dev.sendex.common.identity.SessionKeys;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/// Sessions were signed here, so the key is at hand.
@ApplicationScoped
class OwnSessionKeys implements SessionKeys {

    private final SigningKey key;

    OwnSessionKeys(SigningKey key) {
        this.key = key;
    }

    @Override
    public Uni<@Nullable PublicKey> find(String keyId) {
        return Uni.createFrom().item(keyId.equals(key.id()) ? key.publicKey() : null);
    }
}

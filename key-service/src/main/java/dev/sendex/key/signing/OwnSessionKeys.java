package dev.sendex.key.signing;

import dev.sendex.common.identity.session.SessionKeys;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/// The keys for verifying sessions, which this service signs itself.
@ApplicationScoped
class OwnSessionKeys implements SessionKeys {

    private final SigningKeys keys;

    OwnSessionKeys(SigningKeys keys) {
        this.keys = keys;
    }

    @Override
    public Uni<@Nullable PublicKey> find(String keyId) {
        return Uni.createFrom().item(keys.find(keyId));
    }
}

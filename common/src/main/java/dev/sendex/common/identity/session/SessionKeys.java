package dev.sendex.common.identity.session;

import io.smallrye.mutiny.Uni;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/// The public keys that sessions are signed with. In all services except key-service they come from
/// its `/.well-known/jwks.json`. key-service sets `sendex.identity.authority=own` and provides its
/// own implementation.
public interface SessionKeys {

    /// The key with this id, or null if there is none. Fails if the keys are not available at
    /// present.
    Uni<@Nullable PublicKey> find(String keyId);
}

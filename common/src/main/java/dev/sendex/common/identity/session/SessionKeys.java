package dev.sendex.common.identity.session;

import io.smallrye.mutiny.Uni;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/// The public keys of those who may sign sessions. Everywhere but in key-service they come from its
/// `/.well-known/jwks.json`; key-service, which sets `sendex.identity.authority=own`, brings its
/// own.
public interface SessionKeys {

    /// The key of this id, or null where there is none. Fails where that cannot be told at present.
    Uni<@Nullable PublicKey> find(String keyId);
}

package dev.sendex.key.keys;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/// The answer to a revocation, in Resend's shape.
@RegisterForReflection
record RevokedKey(String object, UUID id, boolean deleted) {

    RevokedKey(UUID id) {
        this("api_key", id, true);
    }
}

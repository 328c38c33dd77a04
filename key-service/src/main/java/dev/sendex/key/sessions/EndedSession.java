package dev.sendex.key.sessions;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/// The answer where a session was ended.
@RegisterForReflection
record EndedSession(String object, UUID id, boolean deleted) {

    EndedSession(UUID id) {
        this("session", id, true);
    }
}

package dev.sendex.key.invitations;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/// The answer where an invitation was withdrawn.
@RegisterForReflection
record WithdrawnInvitation(String object, UUID id, boolean deleted) {

    WithdrawnInvitation(UUID id) {
        this("invitation", id, true);
    }
}

package dev.sendex.key.invitations;

import dev.sendex.key.retention.Passing;
import jakarta.enterprise.inject.Produces;

class InvitationRetention {

    /// One that is accepted, withdrawn or replaced goes at once; this is for the rest.
    @Produces
    Passing invitations(InvitationConfig config) {
        return new Passing("invitation", "expires_at", config.keepExpired());
    }
}

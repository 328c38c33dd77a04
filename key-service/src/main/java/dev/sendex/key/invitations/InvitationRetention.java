package dev.sendex.key.invitations;

import dev.sendex.key.retention.ExpiredRows;
import jakarta.enterprise.inject.Produces;

class InvitationRetention {

    /// One that is accepted, withdrawn or replaced goes at once; this is for the rest.
    @Produces
    ExpiredRows invitations(InvitationConfig config) {
        return new ExpiredRows("invitation", "expires_at", config.keepExpired());
    }
}

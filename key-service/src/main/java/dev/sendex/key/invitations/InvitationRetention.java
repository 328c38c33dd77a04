package dev.sendex.key.invitations;

import dev.sendex.key.retention.ExpiredRows;
import jakarta.enterprise.inject.Produces;

class InvitationRetention {

    /// Deletes expired invitations. Accepted, withdrawn and replaced ones are deleted immediately.
    @Produces
    ExpiredRows invitations(InvitationConfig config) {
        return new ExpiredRows("invitation", "expires_at", config.keepExpired());
    }
}

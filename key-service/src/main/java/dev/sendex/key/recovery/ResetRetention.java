package dev.sendex.key.recovery;

import dev.sendex.key.retention.ExpiredRows;
import jakarta.enterprise.inject.Produces;

class ResetRetention {

    /// A link that is used or replaced goes at once; this is for the rest.
    @Produces
    ExpiredRows resets(RecoveryConfig config) {
        return new ExpiredRows("password_reset", "expires_at", config.keepExpired());
    }
}

package dev.sendex.key.recovery;

import dev.sendex.key.retention.ExpiredRows;
import jakarta.enterprise.inject.Produces;

class ResetRetention {

    /// Deletes expired links. Used and replaced ones are deleted immediately.
    @Produces
    ExpiredRows resets(RecoveryConfig config) {
        return new ExpiredRows("password_reset", "expires_at", config.keepExpired());
    }
}

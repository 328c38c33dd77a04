package dev.sendex.key.recovery;

import dev.sendex.key.retention.Passing;
import jakarta.enterprise.inject.Produces;

class ResetRetention {

    /// A link that is used or replaced goes at once; this is for the rest.
    @Produces
    Passing resets(RecoveryConfig config) {
        return new Passing("password_reset", "expires_at", config.keepExpired());
    }
}

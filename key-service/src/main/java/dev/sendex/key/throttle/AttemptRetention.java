package dev.sendex.key.throttle;

import dev.sendex.key.retention.ExpiredRows;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;

class AttemptRetention {

    /// Deletes counts whose window is over.
    @Produces
    ExpiredRows attempts() {
        return new ExpiredRows("attempt", "window_ends_at", Duration.ZERO);
    }
}

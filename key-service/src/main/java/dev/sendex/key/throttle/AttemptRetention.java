package dev.sendex.key.throttle;

import dev.sendex.key.retention.Passing;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;

class AttemptRetention {

    /// A count says nothing once its window is over.
    @Produces
    Passing attempts() {
        return new Passing("attempt", "window_ends_at", Duration.ZERO);
    }
}

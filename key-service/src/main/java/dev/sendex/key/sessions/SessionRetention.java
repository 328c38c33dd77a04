package dev.sendex.key.sessions;

import dev.sendex.key.retention.ExpiredRows;
import jakarta.enterprise.inject.Produces;

class SessionRetention {

    /// Deletes ended sessions; their history remains in the audit log.
    @Produces
    ExpiredRows sessions(SessionConfig config) {
        return new ExpiredRows("session", "least(expires_at, ended_at)", config.keepEnded());
    }
}

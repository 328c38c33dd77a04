package dev.sendex.key.sessions;

import dev.sendex.key.retention.Passing;
import jakarta.enterprise.inject.Produces;

class SessionRetention {

    /// What has become of a session stays in the audit log.
    @Produces
    Passing sessions(SessionConfig config) {
        return new Passing("session", "least(expires_at, ended_at)", config.keepEnded());
    }
}

package dev.sendex.key.recovery;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;

/// The response after a password was changed.
///
/// @param sessionsEnded how many sessions of the member were ended
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
record ChangedPassword(String object, boolean changed, int sessionsEnded) {

    ChangedPassword(int sessionsEnded) {
        this("password", true, sessionsEnded);
    }
}

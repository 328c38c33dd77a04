package dev.sendex.key.sessions;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;

/// The answer to a sign-out.
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
record SignedOut(String object, boolean signedOut) {

    SignedOut() {
        this("session", true);
    }
}

package dev.sendex.key.recovery;

import io.quarkus.runtime.annotations.RegisterForReflection;

/// The response to every request, whether or not there is such a member.
@RegisterForReflection
record RequestedReset(String object, boolean requested) {

    RequestedReset() {
        this("password_reset", true);
    }
}

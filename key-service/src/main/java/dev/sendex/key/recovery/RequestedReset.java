package dev.sendex.key.recovery;

import io.quarkus.runtime.annotations.RegisterForReflection;

/// The answer to everybody who asks for a link, whether there is such a member or not.
@RegisterForReflection
record RequestedReset(String object, boolean requested) {

    RequestedReset() {
        this("password_reset", true);
    }
}

package dev.sendex.send.emails.accepting;

import dev.sendex.common.identity.caller.Caller;
import dev.sendex.common.identity.caller.KeyCaller;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An email about to be stored.
record NewEmail(UUID id, Caller caller, Instant createdAt, Draft draft) {

    @Nullable UUID keyId() {
        return caller instanceof KeyCaller key ? key.grant().keyId() : null;
    }
}

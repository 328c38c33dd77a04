package dev.sendex.webhook.endpoints;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/// The answer to a removal.
@RegisterForReflection
record DeletedEndpoint(String object, UUID id, boolean deleted) {

    DeletedEndpoint(UUID id) {
        this("webhook", id, true);
    }
}

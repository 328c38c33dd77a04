package dev.sendex.webhook.ingest;

import io.quarkus.runtime.annotations.RegisterForReflection;

/// The response to an accepted message.
@RegisterForReflection
record IngestReceipt(String object, boolean accepted) {

    IngestReceipt() {
        this("ingest", true);
    }
}

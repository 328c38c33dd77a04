package dev.sendex.webhook.ingest;

import io.quarkus.runtime.annotations.RegisterForReflection;

/// The answer to a message that was taken.
@RegisterForReflection
record IngestReceipt(String object, boolean accepted) {

    IngestReceipt() {
        this("ingest", true);
    }
}

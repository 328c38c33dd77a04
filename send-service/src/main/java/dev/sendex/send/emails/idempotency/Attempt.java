package dev.sendex.send.emails.idempotency;

import dev.sendex.common.token.Environment;
import io.vertx.core.buffer.Buffer;
import java.util.UUID;

/// A request with an idempotency key. Each environment has its own keys, so that a test email never
/// answers a live request.
public record Attempt(
        UUID accountId, Environment environment, IdempotencyKey key, Buffer fingerprint) {

    /// What makes two attempts concurrent.
    Scope scope() {
        return new Scope(accountId, environment, key);
    }

    record Scope(UUID accountId, Environment environment, IdempotencyKey key) {}
}

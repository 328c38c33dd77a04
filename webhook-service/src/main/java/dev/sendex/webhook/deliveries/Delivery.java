package dev.sendex.webhook.deliveries;

import io.vertx.mutiny.core.buffer.Buffer;
import java.util.UUID;

/// A delivery that this instance has claimed, with everything that the attempt needs.
///
/// @param attempt the number of this attempt, counted from 1
record Delivery(
        UUID accountId,
        UUID endpointId,
        UUID eventId,
        int attempt,
        String url,
        Buffer encryptedSecret,
        String type,
        String body) {}

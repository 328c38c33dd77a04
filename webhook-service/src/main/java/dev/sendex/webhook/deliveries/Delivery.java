package dev.sendex.webhook.deliveries;

import io.vertx.mutiny.core.buffer.Buffer;
import java.util.UUID;

/// A delivery that this instance has taken, with all that the attempt needs.
///
/// @param attempt the number of the attempt to be made, from 1 on
record Delivery(
        UUID accountId,
        UUID endpointId,
        UUID eventId,
        int attempt,
        String url,
        Buffer sealedSecret,
        String type,
        String body) {}

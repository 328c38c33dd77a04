package dev.sendex.send.events;

import dev.sendex.send.emails.EmailStatus;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What an event does to one of our emails.
///
/// @param eventId the same whenever the same event comes
/// @param type as the timeline names it
/// @param status null if the event says nothing about it
/// @param suppressed mailboxes that must not be written to any more
/// @param suppressionReason `bounce` or `complaint`
record EmailEvent(
        UUID accountId,
        UUID emailId,
        UUID eventId,
        String type,
        Instant occurredAt,
        JsonObject detail,
        String messageId,
        @Nullable EmailStatus status,
        List<String> suppressed,
        String suppressionReason) {

    EmailEvent {
        suppressed = List.copyOf(suppressed);
    }
}

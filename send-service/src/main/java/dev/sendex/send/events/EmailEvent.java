package dev.sendex.send.events;

import dev.sendex.send.emails.RecipientStatus;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The changes that one SES event makes to one email.
///
/// @param type the event type shown in the timeline
/// @param status what became of the email for the recipients; null if the event does not change it
/// @param recipients the mailboxes that the event is about; empty if SES does not say
/// @param softBounces those that count towards a suppression
/// @param suppressed mailboxes to suppress from now on
/// @param suppressionReason `bounce` or `complaint`
record EmailEvent(
        Ref ref,
        String type,
        Instant occurredAt,
        JsonObject detail,
        String messageId,
        @Nullable RecipientStatus status,
        List<String> recipients,
        List<SoftBounce> softBounces,
        List<String> suppressed,
        String suppressionReason) {

    EmailEvent {
        recipients = List.copyOf(recipients);
        softBounces = List.copyOf(softBounces);
        suppressed = List.copyOf(suppressed);
    }

    EmailRef email() {
        return ref.email();
    }

    /// The key of an event.
    ///
    /// @param id the same each time the same event is received
    record Ref(EmailRef email, UUID id) {}

    /// A bounce of a mailbox that may accept the next email.
    ///
    /// @param expired whether SES tried for hours to deliver the email
    record SoftBounce(String mailbox, boolean expired) {}
}

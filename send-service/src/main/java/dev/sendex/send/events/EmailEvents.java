package dev.sendex.send.events;

import dev.sendex.common.ses.SesEvent;
import dev.sendex.common.ses.SesEvent.Bounce;
import dev.sendex.common.ses.SesEvent.Click;
import dev.sendex.common.ses.SesEvent.Complaint;
import dev.sendex.common.ses.SesEvent.Delivery;
import dev.sendex.common.ses.SesEvent.DeliveryDelay;
import dev.sendex.common.ses.SesEvent.Open;
import dev.sendex.common.ses.SesEvent.Reject;
import dev.sendex.common.ses.SesEvent.RenderingFailure;
import dev.sendex.common.ses.SesEvent.Send;
import dev.sendex.common.ses.SesEvent.SesRecipient;
import dev.sendex.common.ses.SesEvent.Subscription;
import dev.sendex.common.ses.WebhookType;
import dev.sendex.send.emails.EmailStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Translates SES events into changes of emails.
final class EmailEvents {

    private EmailEvents() {}

    /// The changes, or null if Sendex did not send the email.
    static @Nullable EmailEvent of(SesEvent event) {
        UUID accountId = event.mail().accountId();
        UUID emailId = event.mail().emailId();
        WebhookType type = event.webhookType();
        if (accountId == null || emailId == null || type == null) {
            return null;
        }
        return new EmailEvent(
                new EmailEvent.Ref(new EmailRef(accountId, emailId), event.eventId()),
                type.value(),
                event.timestamp(),
                detail(event),
                event.mail().messageId(),
                status(event),
                mailboxes(event.suppressedRecipients()),
                event instanceof Complaint ? "complaint" : "bounce");
    }

    private static @Nullable EmailStatus status(SesEvent event) {
        return switch (event) {
            case Send _ -> EmailStatus.SENT;
            case Delivery _ -> EmailStatus.DELIVERED;
            case DeliveryDelay _ -> EmailStatus.DELIVERY_DELAYED;
            case Bounce bounce when bounce.fromSuppressionList() -> EmailStatus.SUPPRESSED;
            case Bounce _ -> EmailStatus.BOUNCED;
            case Complaint complaint when complaint.notSpam() -> null;
            case Complaint complaint when complaint.fromSuppressionList() -> EmailStatus.SUPPRESSED;
            case Complaint _ -> EmailStatus.COMPLAINED;
            case Reject _, RenderingFailure _ -> EmailStatus.FAILED;
            case Open _ -> EmailStatus.OPENED;
            case Click _ -> EmailStatus.CLICKED;
            case Subscription _ -> null;
        };
    }

    private static JsonObject detail(SesEvent event) {
        return switch (event) {
            case Send _, Subscription _ -> new JsonObject();
            case Delivery delivery ->
                    new JsonObject()
                            .put("recipients", texts(delivery.recipients()))
                            .put("smtp_response", text(delivery.smtpResponse()));
            case DeliveryDelay delay ->
                    new JsonObject()
                            .put("delay_type", text(delay.delayType()))
                            .put("recipients", recipients(delay.delayedRecipients()));
            case Bounce bounce ->
                    new JsonObject()
                            .put("bounce_type", bounce.bounceType().value())
                            .put("bounce_sub_type", text(bounce.bounceSubType()))
                            .put("recipients", recipients(bounce.bouncedRecipients()));
            case Complaint complaint ->
                    new JsonObject()
                            .put("feedback_type", text(complaint.complaintFeedbackType()))
                            .put("recipients", recipients(complaint.complainedRecipients()));
            case Reject reject -> new JsonObject().put("reason", text(reject.reason()));
            case RenderingFailure failure ->
                    new JsonObject().put("reason", text(failure.errorMessage()));
            case Open open ->
                    new JsonObject()
                            .put("ip_address", text(open.ipAddress()))
                            .put("user_agent", text(open.userAgent()));
            case Click click ->
                    new JsonObject()
                            .put("link", text(click.link()))
                            .put("ip_address", text(click.ipAddress()))
                            .put("user_agent", text(click.userAgent()));
        };
    }

    private static JsonArray recipients(List<SesRecipient> recipients) {
        JsonArray all = new JsonArray();
        for (SesRecipient recipient : recipients) {
            all.add(
                    new JsonObject()
                            .put("email", text(recipient.emailAddress()))
                            .put("status", text(recipient.status()))
                            .put("diagnostic_code", text(recipient.diagnosticCode())));
        }
        return all;
    }

    private static JsonArray texts(List<String> texts) {
        JsonArray all = new JsonArray();
        texts.forEach(text -> all.add(text(text)));
        return all;
    }

    private static List<String> mailboxes(List<String> recipients) {
        return recipients.stream()
                .map(recipient -> String.valueOf(text(address(recipient))))
                .map(address -> address.toLowerCase(Locale.ROOT))
                .distinct()
                .sorted()
                .toList();
    }

    /// SES repeats an address as the email has it, which may include a display name.
    private static String address(String recipient) {
        int open = recipient.lastIndexOf('<');
        int close = recipient.lastIndexOf('>');
        return open >= 0 && close > open ? recipient.substring(open + 1, close) : recipient.strip();
    }

    /// PostgreSQL cannot store NUL.
    private static @Nullable String text(@Nullable String text) {
        return text == null || text.indexOf('\0') < 0 ? text : text.replace("\0", "");
    }
}

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
import dev.sendex.common.ses.SesEvent.WebhookType;
import dev.sendex.send.emails.RecipientStatus;
import dev.sendex.send.events.EmailEvent.SoftBounce;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Translates SES events into changes of emails.
final class EmailEvents {

    /// Only in the timeline: a recipient took the email out of the spam folder.
    private static final String NOT_SPAM = "email.not_spam";

    private static final Set<String> CONTENT_BOUNCES =
            Set.of("MessageTooLarge", "ContentRejected", "AttachmentRejected");

    /// Enhanced status codes about the message: its size (2.3, 3.4) and its content (6.x).
    private static final Pattern CONTENT_STATUS = Pattern.compile("[45]\\.(2\\.3|3\\.4|6\\.\\d+)");

    /// The delivery time expired.
    private static final String EXPIRED = "4.4.7";

    private EmailEvents() {}

    /// The changes, or null if Sendex did not send the email or does not show such events.
    static @Nullable EmailEvent of(SesEvent event) {
        UUID accountId = event.mail().accountId();
        UUID emailId = event.mail().emailId();
        String type = type(event);
        if (accountId == null || emailId == null || type == null) {
            return null;
        }
        return new EmailEvent(
                new EmailEvent.Ref(new EmailRef(accountId, emailId), event.eventId()),
                type,
                event.timestamp(),
                detail(event),
                event.mail().messageId(),
                status(event),
                mailboxes(event.affectedRecipients()),
                event instanceof Bounce bounce ? softBounces(bounce) : List.of(),
                mailboxes(event.suppressedRecipients()),
                event instanceof Complaint ? "complaint" : "bounce");
    }

    private static @Nullable String type(SesEvent event) {
        if (event instanceof Complaint complaint && complaint.notSpam()) {
            return NOT_SPAM;
        }
        WebhookType type = event.webhookType();
        return type == null ? null : type.value();
    }

    private static @Nullable RecipientStatus status(SesEvent event) {
        return switch (event) {
            case Send _ -> RecipientStatus.SENT;
            case Delivery _ -> RecipientStatus.DELIVERED;
            case DeliveryDelay _ -> RecipientStatus.DELIVERY_DELAYED;
            case Bounce bounce when bounce.fromSuppressionList() -> RecipientStatus.SUPPRESSED;
            case Bounce bounce when bounce.isSoft() -> RecipientStatus.SOFT_BOUNCED;
            case Bounce _ -> RecipientStatus.BOUNCED;
            case Complaint complaint when complaint.notSpam() -> null;
            case Complaint complaint when complaint.fromSuppressionList() ->
                    RecipientStatus.SUPPRESSED;
            case Complaint _ -> RecipientStatus.COMPLAINED;
            case Reject _, RenderingFailure _ -> RecipientStatus.FAILED;
            case Open open -> isAutomated(open.automated()) ? null : RecipientStatus.OPENED;
            case Click click -> isAutomated(click.automated()) ? null : RecipientStatus.CLICKED;
            case Subscription _ -> null;
        };
    }

    private static boolean isAutomated(@Nullable Boolean automated) {
        return Boolean.TRUE.equals(automated);
    }

    /// The soft bounces that say something about the mailbox rather than about the email.
    private static List<SoftBounce> softBounces(Bounce bounce) {
        List<String> mailboxes = bounce.affectedRecipients();
        if (!bounce.isSoft() || CONTENT_BOUNCES.contains(bounce.bounceSubType())) {
            return List.of();
        }
        List<SoftBounce> softBounces = new ArrayList<>();
        for (int i = 0; i < mailboxes.size(); i++) {
            String status = enhancedStatus(bounce, i, mailboxes.size());
            if (!CONTENT_STATUS.matcher(status).matches()) {
                softBounces.add(new SoftBounce(mailbox(mailboxes.get(i)), status.equals(EXPIRED)));
            }
        }
        return softBounces;
    }

    /// Empty if the receiving server sent none.
    private static String enhancedStatus(Bounce bounce, int index, int recipients) {
        List<SesRecipient> reported = bounce.bouncedRecipients();
        String status = reported.size() == recipients ? reported.get(index).status() : null;
        return status == null ? "" : status;
    }

    private static JsonObject detail(SesEvent event) {
        List<String> affected = event.affectedRecipients();
        return switch (event) {
            case Send _, Subscription _ -> new JsonObject();
            case Delivery delivery ->
                    new JsonObject()
                            .put("recipients", texts(affected))
                            .put("smtp_response", text(delivery.smtpResponse()));
            case DeliveryDelay delay ->
                    new JsonObject()
                            .put("delay_type", text(delay.delayType()))
                            .put("recipients", recipients(affected, delay.delayedRecipients()));
            case Bounce bounce ->
                    new JsonObject()
                            .put("bounce_type", bounce.bounceType().value())
                            .put("bounce_sub_type", text(bounce.bounceSubType()))
                            .put("recipients", recipients(affected, bounce.bouncedRecipients()));
            case Complaint complaint ->
                    new JsonObject()
                            .put("feedback_type", text(complaint.complaintFeedbackType()))
                            .put(
                                    "recipients",
                                    recipients(affected, complaint.complainedRecipients()));
            case Reject reject -> new JsonObject().put("reason", text(reject.reason()));
            case RenderingFailure failure ->
                    new JsonObject().put("reason", text(failure.errorMessage()));
            case Open open ->
                    engagement(open.ipAddress(), open.userAgent(), affected, open.automated());
            case Click click ->
                    engagement(click.ipAddress(), click.userAgent(), affected, click.automated())
                            .put("link", text(click.link()));
        };
    }

    private static JsonObject engagement(
            @Nullable String ipAddress,
            @Nullable String userAgent,
            List<String> affected,
            @Nullable Boolean automated) {
        return new JsonObject()
                .put("recipients", texts(affected))
                .put("ip_address", text(ipAddress))
                .put("user_agent", text(userAgent))
                .put("automated", automated);
    }

    /// The affected recipients, with what SES reported about each of them.
    private static JsonArray recipients(List<String> affected, List<SesRecipient> reported) {
        JsonArray all = new JsonArray();
        for (int i = 0; i < affected.size(); i++) {
            JsonObject recipient = new JsonObject().put("email", text(affected.get(i)));
            // One report for each recipient, unless SES repeats itself.
            if (reported.size() == affected.size()) {
                recipient
                        .put("status", text(reported.get(i).status()))
                        .put("diagnostic_code", text(reported.get(i).diagnosticCode()));
            }
            all.add(recipient);
        }
        return all;
    }

    private static JsonArray texts(List<String> texts) {
        JsonArray all = new JsonArray();
        texts.forEach(text -> all.add(text(text)));
        return all;
    }

    private static List<String> mailboxes(List<String> recipients) {
        return recipients.stream().map(EmailEvents::mailbox).distinct().sorted().toList();
    }

    private static String mailbox(String recipient) {
        return String.valueOf(text(recipient)).toLowerCase(Locale.ROOT);
    }

    /// PostgreSQL cannot store NUL.
    private static @Nullable String text(@Nullable String text) {
        return text == null || text.indexOf('\0') < 0 ? text : text.replace("\0", "");
    }
}

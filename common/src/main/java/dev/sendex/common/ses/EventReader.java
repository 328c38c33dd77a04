package dev.sendex.common.ses;

import dev.sendex.common.ses.SesEvent.Bounce;
import dev.sendex.common.ses.SesEvent.BounceType;
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
import dev.sendex.common.ses.SesMail.SesHeader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one bare SES event.
final class EventReader {

    private EventReader() {}

    static boolean looksLikeEvent(JsonPlace place) {
        return place.has("eventType") || place.has("notificationType");
    }

    static SesEvent read(JsonPlace event) throws NotAnEvent {
        String typeMember = event.has("eventType") ? "eventType" : "notificationType";
        String type = event.text(typeMember);
        return switch (type) {
            case "Send" -> new Send(mail(event));
            case "Delivery" -> delivery(mail(event), event.object("delivery"));
            case "DeliveryDelay" -> deliveryDelay(mail(event), event.object("deliveryDelay"));
            case "Bounce" -> bounce(mail(event), event.object("bounce"));
            case "Complaint" -> complaint(mail(event), event.object("complaint"));
            case "Reject" -> new Reject(mail(event), event.object("reject").text("reason"));
            case "Rendering Failure", "RenderingFailure" ->
                    renderingFailure(mail(event), event.object("failure"));
            case "Open" -> open(mail(event), event.object("open"));
            case "Click" -> click(mail(event), event.object("click"));
            case "Subscription" -> subscription(mail(event), event.object("subscription"));
            default -> throw new NotAnEvent(event.member(typeMember).path(), "unknown event type");
        };
    }

    private static SesMail mail(JsonPlace event) throws NotAnEvent {
        JsonPlace mail = event.object("mail");
        JsonPlace headers = mail.member("commonHeaders");
        return new SesMail(
                mail.text("messageId"),
                mail.instant("timestamp"),
                mail.textIfAny("source"),
                mail.texts("destination"),
                headers.textsIfAny("from"),
                headers.textsIfAny("to"),
                headers.textIfAny("subject"),
                headers(mail),
                mail.tagsIfAny("tags"));
    }

    private static List<SesHeader> headers(JsonPlace mail) throws NotAnEvent {
        if (!mail.has("headers")) {
            return List.of();
        }
        List<SesHeader> headers = new ArrayList<>();
        for (JsonPlace header : mail.elements("headers")) {
            String value = header.textIfAny("value");
            headers.add(new SesHeader(header.text("name"), value == null ? "" : value));
        }
        return headers;
    }

    private static Delivery delivery(SesMail mail, JsonPlace delivery) throws NotAnEvent {
        return new Delivery(
                mail,
                delivery.instant("timestamp"),
                delivery.texts("recipients"),
                delivery.integerIfAny("processingTimeMillis"),
                delivery.textIfAny("smtpResponse"),
                delivery.textIfAny("reportingMTA"));
    }

    private static DeliveryDelay deliveryDelay(SesMail mail, JsonPlace delay) throws NotAnEvent {
        return new DeliveryDelay(
                mail,
                delay.instant("timestamp"),
                delay.text("delayType"),
                recipients(delay, "delayedRecipients"),
                delay.instantIfAny("expirationTime"),
                delay.textIfAny("reportingMTA"));
    }

    private static Bounce bounce(SesMail mail, JsonPlace bounce) throws NotAnEvent {
        return new Bounce(
                mail,
                bounce.instant("timestamp"),
                bounceType(bounce),
                bounce.text("bounceSubType"),
                recipients(bounce, "bouncedRecipients"),
                bounce.textIfAny("feedbackId"),
                bounce.textIfAny("reportingMTA"));
    }

    private static BounceType bounceType(JsonPlace bounce) throws NotAnEvent {
        String value = bounce.text("bounceType");
        for (BounceType type : BounceType.values()) {
            if (type.value().equals(value)) {
                return type;
            }
        }
        throw new NotAnEvent(
                bounce.member("bounceType").path(),
                "must be one of Undetermined, Permanent, Transient");
    }

    private static Complaint complaint(SesMail mail, JsonPlace complaint) throws NotAnEvent {
        return new Complaint(
                mail,
                complaint.instant("timestamp"),
                recipients(complaint, "complainedRecipients"),
                complaint.textIfAny("feedbackId"),
                complaint.textIfAny("complaintSubType"),
                complaint.textIfAny("complaintFeedbackType"),
                complaint.textIfAny("userAgent"),
                complaint.instantIfAny("arrivalDate"));
    }

    private static RenderingFailure renderingFailure(SesMail mail, JsonPlace failure)
            throws NotAnEvent {
        return new RenderingFailure(
                mail, failure.textIfAny("templateName"), failure.text("errorMessage"));
    }

    private static Open open(SesMail mail, JsonPlace open) throws NotAnEvent {
        return new Open(
                mail,
                open.instant("timestamp"),
                open.textIfAny("ipAddress"),
                open.textIfAny("userAgent"),
                automated(open));
    }

    private static Click click(SesMail mail, JsonPlace click) throws NotAnEvent {
        return new Click(
                mail,
                click.instant("timestamp"),
                click.textIfAny("ipAddress"),
                click.textIfAny("userAgent"),
                click.text("link"),
                click.tagsIfAny("linkTags"),
                automated(click));
    }

    /// SES writes `Likely` or `Unlikely`; anything else counts as absent.
    private static @Nullable Boolean automated(JsonPlace place) {
        String isBotEvent = place.member("isBotEvent").node().textValue();
        if ("Likely".equals(isBotEvent)) {
            return true;
        }
        return "Unlikely".equals(isBotEvent) ? Boolean.FALSE : null;
    }

    private static Subscription subscription(SesMail mail, JsonPlace subscription)
            throws NotAnEvent {
        return new Subscription(
                mail, subscription.instant("timestamp"), subscription.textIfAny("contactList"));
    }

    private static List<SesRecipient> recipients(JsonPlace place, String name) throws NotAnEvent {
        List<SesRecipient> recipients = new ArrayList<>();
        for (JsonPlace recipient : place.elements(name)) {
            recipients.add(
                    new SesRecipient(
                            recipient.text("emailAddress"),
                            recipient.textIfAny("action"),
                            recipient.textIfAny("status"),
                            recipient.textIfAny("diagnosticCode")));
        }
        return recipients;
    }
}

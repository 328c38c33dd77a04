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

    static boolean isEvent(LocatedNode node) {
        return node.has("eventType") || node.has("notificationType");
    }

    static SesEvent read(LocatedNode event) throws MalformedEvent {
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
            default ->
                    throw new MalformedEvent(event.member(typeMember).path(), "unknown event type");
        };
    }

    private static SesMail mail(LocatedNode event) throws MalformedEvent {
        LocatedNode mail = event.object("mail");
        LocatedNode headers = mail.member("commonHeaders");
        return new SesMail(
                mail.text("messageId"),
                mail.instant("timestamp"),
                region(mail.optionalText("sourceArn")),
                mail.optionalText("source"),
                mail.texts("destination"),
                headers.optionalTexts("from"),
                headers.optionalTexts("to"),
                headers.optionalText("subject"),
                headers(mail),
                mail.optionalTags("tags"));
    }

    /// The fourth part of `arn:aws:ses:eu-west-1:111122223333:identity/example.com`.
    private static @Nullable String region(@Nullable String arn) {
        String[] parts = arn == null ? new String[0] : arn.split(":", 5);
        return parts.length < 5 || parts[3].isEmpty() ? null : parts[3];
    }

    private static List<SesHeader> headers(LocatedNode mail) throws MalformedEvent {
        if (!mail.has("headers")) {
            return List.of();
        }
        List<SesHeader> headers = new ArrayList<>();
        for (LocatedNode header : mail.elements("headers")) {
            String value = header.optionalText("value");
            headers.add(new SesHeader(header.text("name"), value == null ? "" : value));
        }
        return headers;
    }

    private static Delivery delivery(SesMail mail, LocatedNode delivery) throws MalformedEvent {
        return new Delivery(
                mail,
                delivery.instant("timestamp"),
                delivery.texts("recipients"),
                delivery.optionalInteger("processingTimeMillis"),
                delivery.optionalText("smtpResponse"),
                delivery.optionalText("reportingMTA"));
    }

    private static DeliveryDelay deliveryDelay(SesMail mail, LocatedNode delay)
            throws MalformedEvent {
        return new DeliveryDelay(
                mail,
                delay.instant("timestamp"),
                delay.text("delayType"),
                recipients(delay, "delayedRecipients"),
                delay.optionalInstant("expirationTime"),
                delay.optionalText("reportingMTA"));
    }

    private static Bounce bounce(SesMail mail, LocatedNode bounce) throws MalformedEvent {
        return new Bounce(
                mail,
                bounce.instant("timestamp"),
                bounceType(bounce),
                bounce.text("bounceSubType"),
                recipients(bounce, "bouncedRecipients"),
                bounce.optionalText("feedbackId"),
                bounce.optionalText("reportingMTA"));
    }

    private static BounceType bounceType(LocatedNode bounce) throws MalformedEvent {
        String value = bounce.text("bounceType");
        for (BounceType type : BounceType.values()) {
            if (type.value().equals(value)) {
                return type;
            }
        }
        throw new MalformedEvent(
                bounce.member("bounceType").path(),
                "must be one of Undetermined, Permanent, Transient");
    }

    private static Complaint complaint(SesMail mail, LocatedNode complaint) throws MalformedEvent {
        return new Complaint(
                mail,
                complaint.instant("timestamp"),
                recipients(complaint, "complainedRecipients"),
                complaint.optionalText("feedbackId"),
                complaint.optionalText("complaintSubType"),
                complaint.optionalText("complaintFeedbackType"),
                complaint.optionalText("userAgent"),
                complaint.optionalInstant("arrivalDate"));
    }

    private static RenderingFailure renderingFailure(SesMail mail, LocatedNode failure)
            throws MalformedEvent {
        return new RenderingFailure(
                mail, failure.optionalText("templateName"), failure.text("errorMessage"));
    }

    private static Open open(SesMail mail, LocatedNode open) throws MalformedEvent {
        return new Open(
                mail,
                open.instant("timestamp"),
                open.optionalText("ipAddress"),
                open.optionalText("userAgent"),
                automated(open));
    }

    private static Click click(SesMail mail, LocatedNode click) throws MalformedEvent {
        return new Click(
                mail,
                click.instant("timestamp"),
                click.optionalText("ipAddress"),
                click.optionalText("userAgent"),
                click.text("link"),
                click.optionalTags("linkTags"),
                automated(click));
    }

    /// SES writes `Likely` or `Unlikely`; anything else counts as absent.
    private static @Nullable Boolean automated(LocatedNode place) {
        String isBotEvent = place.member("isBotEvent").json().textValue();
        if ("Likely".equals(isBotEvent)) {
            return true;
        }
        return "Unlikely".equals(isBotEvent) ? Boolean.FALSE : null;
    }

    private static Subscription subscription(SesMail mail, LocatedNode subscription)
            throws MalformedEvent {
        return new Subscription(
                mail, subscription.instant("timestamp"), subscription.optionalText("contactList"));
    }

    private static List<SesRecipient> recipients(LocatedNode node, String name)
            throws MalformedEvent {
        List<SesRecipient> recipients = new ArrayList<>();
        for (LocatedNode recipient : node.elements(name)) {
            recipients.add(
                    new SesRecipient(
                            recipient.text("emailAddress"),
                            recipient.optionalText("action"),
                            recipient.optionalText("status"),
                            recipient.optionalText("diagnosticCode")));
        }
        return recipients;
    }
}

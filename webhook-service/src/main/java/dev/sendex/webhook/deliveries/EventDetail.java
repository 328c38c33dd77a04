package dev.sendex.webhook.deliveries;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Adds the members that depend on the event's type.
final class EventDetail {

    private EventDetail() {}

    static void add(SesEvent event, ObjectNode data, DateTimeFormatter time) {
        switch (event) {
            case Send _, Subscription _ -> {}
            case Delivery delivery -> recipients(data.putObject("delivery"), delivery);
            case DeliveryDelay delay ->
                    recipients(
                            data.putObject("delivery_delay").put("type", delay.delayType()), delay);
            case Bounce bounce -> bounce(bounce, data);
            case Complaint complaint -> complaint(complaint, data);
            case Reject reject -> data.putObject("failed").put("reason", reject.reason());
            case RenderingFailure failure ->
                    data.putObject("failed").put("reason", failure.errorMessage());
            case Open open -> {
                ObjectNode detail =
                        data.putObject("open")
                                .put("ipAddress", open.ipAddress())
                                .put("timestamp", time.format(open.timestamp()))
                                .put("userAgent", open.userAgent());
                automated(detail, open.automated());
            }
            case Click click -> {
                ObjectNode detail =
                        data.putObject("click")
                                .put("ipAddress", click.ipAddress())
                                .put("link", click.link())
                                .put("timestamp", time.format(click.timestamp()))
                                .put("userAgent", click.userAgent());
                automated(detail, click.automated());
            }
        }
    }

    private static void recipients(ObjectNode detail, SesEvent event) {
        ArrayNode recipients = detail.putArray("recipients");
        event.affectedRecipients().forEach(recipients::add);
    }

    /// Absent if SES did not say.
    private static void automated(ObjectNode detail, @Nullable Boolean automated) {
        if (automated != null) {
            detail.put("automated", automated);
        }
    }

    private static void complaint(Complaint complaint, ObjectNode data) {
        ObjectNode detail =
                complaint.fromSuppressionList()
                        ? data.putObject("suppressed").put("type", complaint.complaintSubType())
                        : data.putObject("complaint")
                                .put("type", complaint.complaintFeedbackType());
        recipients(detail, complaint);
    }

    private static void bounce(Bounce bounce, ObjectNode data) {
        List<String> diagnoses = diagnoses(bounce.bouncedRecipients());
        ObjectNode detail =
                data.putObject(bounce.fromSuppressionList() ? "suppressed" : "bounce")
                        .put("message", String.join("; ", diagnoses))
                        .put("subType", bounce.bounceSubType())
                        .put("type", bounce.bounceType().value());
        recipients(detail, bounce);
        if (!bounce.fromSuppressionList() && !diagnoses.isEmpty()) {
            diagnoses.forEach(detail.putArray("diagnosticCode")::add);
        }
    }

    private static List<String> diagnoses(List<SesRecipient> recipients) {
        return recipients.stream()
                .map(SesRecipient::diagnosticCode)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }
}

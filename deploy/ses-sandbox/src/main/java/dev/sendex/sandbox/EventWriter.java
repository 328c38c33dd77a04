package dev.sendex.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendex.sandbox.MailboxSimulator.Fate;
import dev.sendex.sandbox.SandboxMessage.Header;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/// Writes the events of an email with all the members that AWS documents, in the order in which SES
/// publishes them: the send, then the result at each provider.
final class EventWriter {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final String SUPPRESSED =
            "Amazon SES has suppressed sending to this address because it has a recent history of"
                    + " bouncing as an invalid address.";

    private final InstantSource clock;
    private final String region;

    EventWriter(InstantSource clock, String region) {
        this.clock = clock;
        this.region = region;
    }

    List<ObjectNode> events(SandboxMessage message, List<Header> submitted) {
        EventMail mail = new EventMail(message, submitted, region);
        List<ObjectNode> events = new ArrayList<>();
        events.add(event("Send", mail.accepted(), "send", object()));

        List<String> reached = new ArrayList<>();
        List<String> complaining = new ArrayList<>();
        List<ObjectNode> failures = new ArrayList<>();
        for (String recipient : message.to()) {
            Fate fate = MailboxSimulator.fate(recipient);
            switch (fate) {
                case DELIVERED -> reached.add(recipient);
                case COMPLAINED -> {
                    reached.add(recipient);
                    complaining.add(recipient);
                }
                case OUT_OF_OFFICE -> {
                    reached.add(recipient);
                    failures.add(
                            event("Bounce", mail.handedOver(), "bounce", outOfOffice(recipient)));
                }
                case BOUNCED ->
                        failures.add(
                                event("Bounce", mail.handedOver(), "bounce", bounce(recipient)));
                case SUPPRESSED ->
                        failures.add(
                                event("Bounce", mail.accepted(), "bounce", suppressed(recipient)));
            }
        }
        MailboxSimulator.byDomain(reached)
                .values()
                .forEach(recipients ->
                        events.add(
                                event(
                                        "Delivery",
                                        mail.handedOver(),
                                        "delivery",
                                        delivery(message.time(), recipients))));
        events.addAll(failures);
        MailboxSimulator.byDomain(complaining)
                .values()
                .forEach(recipients ->
                        events.add(
                                event(
                                        "Complaint",
                                        mail.handedOver(),
                                        "complaint",
                                        complaint(recipients))));
        return events;
    }

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    private static ObjectNode event(String type, ObjectNode mail, String name, ObjectNode content) {
        ObjectNode event = object().put("eventType", type);
        event.set("mail", mail);
        event.set(name, content);
        return event;
    }

    private ObjectNode delivery(Instant accepted, List<String> recipients) {
        Instant now = clock.instant();
        ObjectNode delivery = object();
        delivery.put("timestamp", time(now))
                .put(
                        "processingTimeMillis",
                        Math.max(1, now.toEpochMilli() - accepted.toEpochMilli()));
        recipients.forEach(delivery.putArray("recipients")::add);
        return delivery.put("smtpResponse", "250 2.6.0 Message received")
                .put("reportingMTA", mta())
                .put("remoteMtaIp", "127.0.2.0");
    }

    private ObjectNode bounce(String recipient) {
        ObjectNode bounce = bounce("Permanent", "General");
        bounced(bounce, recipient)
                .put("action", "failed")
                .put("status", "5.1.1")
                .put("diagnosticCode", "smtp; 550 5.1.1 user unknown");
        return bounce.put("remoteMtaIp", "127.0.2.0").put("reportingMTA", "dns; " + mta());
    }

    /// SES reports automatic replies as transient bounces, although the email was delivered.
    private ObjectNode outOfOffice(String recipient) {
        ObjectNode bounce = bounce("Transient", "General");
        bounced(bounce, recipient);
        return bounce;
    }

    private ObjectNode suppressed(String recipient) {
        ObjectNode bounce = bounce("Permanent", "Suppressed");
        bounced(bounce, recipient)
                .put("action", "failed")
                .put("status", "5.1.1")
                .put("diagnosticCode", SUPPRESSED);
        return bounce.put("reportingMTA", "dns; amazonses.com");
    }

    private ObjectNode bounce(String type, String subType) {
        Instant now = clock.instant();
        ObjectNode bounce = object();
        bounce.put("feedbackId", MessageIds.next(now))
                .put("bounceType", type)
                .put("bounceSubType", subType)
                .put("timestamp", time(now))
                .putArray("bouncedRecipients");
        return bounce;
    }

    private static ObjectNode bounced(ObjectNode bounce, String recipient) {
        return bounce.withArray("bouncedRecipients").addObject().put("emailAddress", recipient);
    }

    private ObjectNode complaint(List<String> recipients) {
        Instant now = clock.instant();
        ObjectNode complaint = object();
        complaint
                .put("feedbackId", MessageIds.next(now))
                .putNull("complaintSubType")
                .put("timestamp", time(now));
        ArrayNode complained = complaint.putArray("complainedRecipients");
        recipients.forEach(recipient -> complained.addObject().put("emailAddress", recipient));
        return complaint
                .put("userAgent", "Amazon SES Mailbox Simulator")
                .put("complaintFeedbackType", "abuse")
                .put("arrivalDate", time(now));
    }

    private String mta() {
        return "a1-20.smtp-out." + region + ".amazonses.com";
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}

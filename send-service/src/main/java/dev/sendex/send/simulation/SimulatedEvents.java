package dev.sendex.send.simulation;

import static dev.sendex.common.ses.SesMail.ACCOUNT_ID_TAG;
import static dev.sendex.common.ses.SesMail.EMAIL_ID_TAG;

import dev.sendex.send.message.Email;
import dev.sendex.send.message.Email.Recipient;
import dev.sendex.send.message.Email.Recipient.Kind;
import dev.sendex.send.message.EmailAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The events that SES would publish about an email. The local part of each recipient selects the
/// events: `delivered@`, `bounced@`, `complained@`, `delayed@`, `opened@`, `clicked@`, `rejected@`,
/// `suppressed@`, each with any `+label`. Email to other addresses is delivered.
@ApplicationScoped
class SimulatedEvents {

    /// The events in the order in which SES would publish them.
    List<Map<String, Object>> of(Email email, String messageId, String region) {
        AcceptedMail accepted = new AcceptedMail(email, messageId, region);
        List<Map<String, Object>> events = new ArrayList<>();
        events.add(accepted.event("Send", "send", Map.of()));
        for (String address : email.destinations()) {
            events.addAll(accepted.about(address));
        }
        return events;
    }

    private record AcceptedMail(Email email, String messageId, String region) {

        List<Map<String, Object>> about(String address) {
            return switch (behaviour(address)) {
                case "bounced" -> List.of(bounce(address, "General"));
                case "suppressed" -> List.of(bounce(address, "OnAccountSuppressionList"));
                case "complained" -> List.of(delivery(address), complaint(address));
                case "delayed" -> List.of(delay(address), delivery(address));
                case "opened" -> List.of(delivery(address), open(address));
                case "clicked" -> List.of(delivery(address), open(address), click(address));
                case "rejected" ->
                        List.of(event("Reject", "reject", Map.of("reason", "Bad content")));
                default -> List.of(delivery(address));
            };
        }

        Map<String, Object> event(String type, String member, Map<String, Object> detail) {
            return Map.of("eventType", type, "mail", mail(), member, detail);
        }

        private static String behaviour(String address) {
            String local = address.substring(0, address.lastIndexOf('@'));
            int label = local.indexOf('+');
            return (label < 0 ? local : local.substring(0, label)).toLowerCase(Locale.ROOT);
        }

        private Map<String, Object> delivery(String address) {
            return event(
                    "Delivery",
                    "delivery",
                    Map.of(
                            "timestamp",
                            time(),
                            "recipients",
                            List.of(address),
                            "processingTimeMillis",
                            1,
                            "smtpResponse",
                            "250 2.0.0 simulated"));
        }

        private Map<String, Object> bounce(String address, String subType) {
            return event(
                    "Bounce",
                    "bounce",
                    Map.of(
                            "bounceType",
                            "Permanent",
                            "bounceSubType",
                            subType,
                            "bouncedRecipients",
                            List.of(
                                    Map.of(
                                            "emailAddress", address,
                                            "action", "failed",
                                            "status", "5.1.1",
                                            "diagnosticCode", "smtp; 550 5.1.1 simulated")),
                            "timestamp",
                            time(),
                            "feedbackId",
                            messageId + "-bounce-" + address));
        }

        private Map<String, Object> complaint(String address) {
            return event(
                    "Complaint",
                    "complaint",
                    Map.of(
                            "complainedRecipients",
                            List.of(Map.of("emailAddress", address)),
                            "timestamp",
                            time(),
                            "complaintFeedbackType",
                            "abuse",
                            "feedbackId",
                            messageId + "-complaint-" + address));
        }

        private Map<String, Object> delay(String address) {
            return event(
                    "DeliveryDelay",
                    "deliveryDelay",
                    Map.of(
                            "delayType", "TransientCommunicationFailure",
                            "delayedRecipients", List.of(Map.of("emailAddress", address)),
                            "timestamp", time()));
        }

        private Map<String, Object> open(String address) {
            return event(
                    "Open",
                    "open",
                    Map.of("timestamp", time(), "ipAddress", "192.0.2.1", "userAgent", address));
        }

        private Map<String, Object> click(String address) {
            return event(
                    "Click",
                    "click",
                    Map.of(
                            "timestamp",
                            time(),
                            "ipAddress",
                            "192.0.2.1",
                            "userAgent",
                            address,
                            "link",
                            "https://example.com/"));
        }

        private Map<String, Object> mail() {
            return Map.of(
                    "timestamp", time(),
                    "messageId", messageId,
                    "source", email.from().display(),
                    "sourceArn",
                            "arn:aws:ses:"
                                    + region
                                    + ":000000000000:identity/"
                                    + email.from().domain(),
                    "destination", email.destinations(),
                    "commonHeaders",
                            Map.of(
                                    "from", List.of(email.from().display()),
                                    "to", shown(),
                                    "subject", email.subject()),
                    "tags", tags());
        }

        private List<String> shown() {
            return email.recipients().stream()
                    .filter(recipient -> recipient.kind() == Kind.TO)
                    .map(Recipient::address)
                    .map(EmailAddress::display)
                    .toList();
        }

        private Map<String, List<String>> tags() {
            Map<String, List<String>> tags = new HashMap<>();
            email.tags().forEach((name, value) -> tags.put(name, List.of(value)));
            tags.put(EMAIL_ID_TAG, List.of(email.id().toString()));
            tags.put(ACCOUNT_ID_TAG, List.of(email.accountId().toString()));
            return tags;
        }

        private Instant time() {
            return email.createdAt();
        }
    }
}

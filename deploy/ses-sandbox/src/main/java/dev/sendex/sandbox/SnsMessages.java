package dev.sendex.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// Creates the messages of one SNS topic.
final class SnsMessages {

    static final String CERTIFICATE_PATH =
            "/SimpleNotificationService-00000000000000000000000000000000.pem";

    private final String topicArn;
    private final String url;
    private final SigningCertificate certificate;
    private final SandboxControl control;
    private final InstantSource clock;

    /// @param url where the sandbox serves the certificate and receives confirmations
    SnsMessages(
            String topicArn,
            String url,
            SigningCertificate certificate,
            SandboxControl control,
            InstantSource clock) {
        this.topicArn = topicArn;
        this.url = url;
        this.certificate = certificate;
        this.control = control;
        this.clock = clock;
    }

    String topicArn() {
        return topicArn;
    }

    String subscriptionArn() {
        return topicArn + ":" + UUID.nameUUIDFromBytes(topicArn.getBytes(UTF_8));
    }

    SnsMessage notification(String event) {
        Map<String, String> members = members("Notification");
        members.put("Subject", "Amazon SES Email Event Notification");
        members.put("Message", event);
        return signed(
                members,
                Map.of(
                        "UnsubscribeURL",
                        url + "/?Action=Unsubscribe&SubscriptionArn=" + subscriptionArn()));
    }

    SnsMessage confirmation(String token) {
        Map<String, String> members = members("SubscriptionConfirmation");
        members.put("Token", token);
        members.put(
                "Message",
                """
                You have chosen to subscribe to the topic %s.
                To confirm the subscription, visit the SubscribeURL included in this message.\
                """
                        .formatted(topicArn));
        members.put(
                "SubscribeURL",
                "%s/?Action=ConfirmSubscription&TopicArn=%s&Token=%s"
                        .formatted(url, topicArn, token));
        return signed(members, Map.of());
    }

    private Map<String, String> members(String type) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("Type", type);
        members.put("MessageId", UUID.randomUUID().toString());
        members.put("TopicArn", topicArn);
        members.put("Timestamp", EventWriter.time(clock.instant()));
        return members;
    }

    private SnsMessage signed(Map<String, String> members, Map<String, String> more) {
        Map<String, String> unsigned = new LinkedHashMap<>();
        unsigned.put("SigningCertURL", url + CERTIFICATE_PATH);
        unsigned.putAll(more);
        return SnsMessage.signed(members, unsigned, certificate, control.signatureVersion());
    }
}

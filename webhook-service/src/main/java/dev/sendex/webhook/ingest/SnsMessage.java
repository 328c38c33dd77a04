package dev.sendex.webhook.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A message that SNS posts, in SNS's "HTTP/HTTPS notification JSON format".
///
/// @param timestamp as received, since the signature covers the text
record SnsMessage(
        Type type,
        String messageId,
        String topicArn,
        String message,
        String timestamp,
        String signatureVersion,
        String signature,
        String signingCertUrl,
        @Nullable String subject,
        @Nullable String token,
        @Nullable String subscribeUrl) {

    /// The type of a message.
    enum Type {
        NOTIFICATION("Notification"),
        SUBSCRIPTION_CONFIRMATION("SubscriptionConfirmation"),
        UNSUBSCRIBE_CONFIRMATION("UnsubscribeConfirmation");

        private final String value;

        Type(String value) {
            this.value = value;
        }

        String value() {
            return value;
        }

        static @Nullable Type find(@Nullable String value) {
            for (Type type : values()) {
                if (type.value.equals(value)) {
                    return type;
                }
            }
            return null;
        }
    }

    /// Parses a message; null if the body is not one. The signature is not verified yet.
    static @Nullable SnsMessage parse(ObjectMapper json, byte[] body) {
        try {
            return of(json.readTree(body));
        } catch (JsonProcessingException noJson) {
            return null;
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static @Nullable SnsMessage of(JsonNode node) {
        Type type = Type.find(text(node, "Type"));
        String messageId = text(node, "MessageId");
        String topicArn = text(node, "TopicArn");
        String message = text(node, "Message");
        String timestamp = text(node, "Timestamp");
        String version = text(node, "SignatureVersion");
        String signature = text(node, "Signature");
        String certUrl = text(node, "SigningCertURL");
        if (type == null
                || messageId == null
                || topicArn == null
                || message == null
                || timestamp == null
                || version == null
                || signature == null
                || certUrl == null) {
            return null;
        }
        return new SnsMessage(
                type,
                messageId,
                topicArn,
                message,
                timestamp,
                version,
                signature,
                certUrl,
                text(node, "Subject"),
                text(node, "Token"),
                text(node, "SubscribeURL"));
    }

    private static @Nullable String text(JsonNode node, String member) {
        return node.path(member).textValue();
    }

    /// When SNS created the message, or null if the timestamp is invalid.
    @Nullable Instant sentAt() {
        try {
            return Instant.parse(timestamp);
        } catch (DateTimeException noTime) {
            return null;
        }
    }

    /// The text that SNS signs ("Verifying the signatures of Amazon SNS messages"): names and
    /// values on separate lines, in byte order of the names, each line ending with a line break.
    String signedText() {
        StringBuilder text = new StringBuilder();
        line(text, "Message", message);
        line(text, "MessageId", messageId);
        if (type == Type.NOTIFICATION) {
            line(text, "Subject", subject);
        } else {
            line(text, "SubscribeURL", subscribeUrl);
        }
        line(text, "Timestamp", timestamp);
        if (type != Type.NOTIFICATION) {
            line(text, "Token", token);
        }
        line(text, "TopicArn", topicArn);
        line(text, "Type", type.value());
        return text.toString();
    }

    private static void line(StringBuilder text, String name, @Nullable String value) {
        if (value != null) {
            text.append(name).append('\n').append(value).append('\n');
        }
    }
}

package dev.sendex.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/// A signed SNS message as it is posted.
///
/// @param type `Notification` or `SubscriptionConfirmation`
record SnsMessage(String type, String id, String json) {

    /// Signs the members. Like SNS, leaves `SignatureVersion` and the URLs of the certificate and
    /// for unsubscribing unsigned.
    static SnsMessage signed(
            Map<String, String> members,
            Map<String, String> unsigned,
            SigningCertificate certificate,
            int signatureVersion) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(members)
                .forEach(
                        (name, value) -> text.append(name).append('\n').append(value).append('\n'));
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        members.forEach(json::put);
        json.put("SignatureVersion", String.valueOf(signatureVersion));
        json.put("Signature", certificate.sign(text.toString(), signatureVersion));
        unsigned.forEach(json::put);
        return new SnsMessage(
                String.valueOf(members.get("Type")),
                String.valueOf(members.get("MessageId")),
                json.toPrettyString());
    }
}

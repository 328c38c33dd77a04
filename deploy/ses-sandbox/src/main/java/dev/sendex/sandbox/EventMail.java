package dev.sendex.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendex.sandbox.SandboxMessage.Header;
import java.util.List;
import java.util.Locale;

/// The `mail` object that every event has.
final class EventMail {

    private static final int HEADERS_LENGTH = 10 * 1024;

    private final SandboxMessage message;
    private final List<Header> submitted;
    private final String region;

    EventMail(SandboxMessage message, List<Header> submitted, String region) {
        this.message = message;
        this.submitted = submitted;
        this.region = region;
    }

    /// The object before the email was passed to another server, without an outgoing address.
    ObjectNode accepted() {
        String domain = Addresses.domain(message.from());
        ObjectNode mail = JsonNodeFactory.instance.objectNode();
        mail.put("timestamp", EventWriter.time(message.time()))
                .put("source", from())
                .put(
                        "sourceArn",
                        "arn:aws:ses:%s:%s:identity/%s"
                                .formatted(region, SandboxAccount.ID, domain))
                .put("sendingAccountId", SandboxAccount.ID)
                .put("messageId", message.id());
        message.to().forEach(mail.putArray("destination")::add);
        headers(mail);
        commonHeaders(mail.putObject("commonHeaders"));
        tags(mail.putObject("tags"), domain);
        return mail;
    }

    ObjectNode handedOver() {
        ObjectNode mail = accepted();
        mail.withObject("/tags").putArray("ses:outgoing-ip").add(SandboxAccount.OUTGOING_IP);
        return mail;
    }

    private void headers(ObjectNode mail) {
        int length = 0;
        ArrayNode headers = JsonNodeFactory.instance.arrayNode();
        boolean truncated = false;
        for (Header header : submitted) {
            length += header.name().length() + header.value().length();
            truncated |= length > HEADERS_LENGTH;
            if (!truncated) {
                headers.addObject().put("name", header.name()).put("value", header.value());
            }
        }
        mail.put("headersTruncated", truncated);
        mail.set("headers", headers);
    }

    private void commonHeaders(ObjectNode common) {
        common.putArray("from").add(from());
        put(common, "date", "Date");
        for (String name : List.of("To", "Cc", "Reply-To")) {
            String value = message.header(name);
            if (value != null) {
                String member = name.equals("Reply-To") ? "replyTo" : name.toLowerCase(Locale.ROOT);
                Addresses.list(value).forEach(common.putArray(member)::add);
            }
        }
        common.put("messageId", message.id());
        put(common, "subject", "Subject");
    }

    private void put(ObjectNode common, String member, String header) {
        String value = message.header(header);
        if (value != null) {
            common.put(member, value);
        }
    }

    private void tags(ObjectNode tags, String domain) {
        tags.putArray("ses:operation").add("SendRawEmail");
        if (message.configurationSet() != null) {
            tags.putArray("ses:configuration-set").add(message.configurationSet());
        }
        tags.putArray("ses:source-ip").add("127.0.0.1");
        tags.putArray("ses:from-domain").add(domain);
        tags.putArray("ses:caller-identity").add(SandboxAccount.CALLER);
        message.tags().forEach((name, value) -> tags.putArray(name).add(value));
    }

    private String from() {
        String from = message.header("From");
        return from == null ? message.from() : from;
    }
}

package dev.sendex.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// The JSON of `GET /messages`.
final class MessageJson {

    private MessageJson() {}

    static String of(List<SandboxMessage> messages) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        messages.forEach(message -> array.add(tree(message)));
        return array.toPrettyString();
    }

    static String of(SandboxMessage message) {
        return tree(message).toPrettyString();
    }

    private static ObjectNode tree(SandboxMessage message) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", message.id())
                .put("message_id", message.id())
                .put("time", EventWriter.time(message.time()))
                .put("subject", message.header("Subject"));
        ObjectNode envelope = json.putObject("envelope").put("from", message.from());
        message.to().forEach(envelope.putArray("to")::add);
        json.put("configuration_set", message.configurationSet());
        message.tags().forEach(json.putObject("tags")::put);
        ArrayNode headers = json.putArray("headers");
        message.headers()
                .forEach(header ->
                        headers.addObject()
                                .put("name", header.name())
                                .put("value", header.value()));
        return json.put("raw", message.raw());
    }
}

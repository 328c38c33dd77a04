package dev.sendex.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Requests for every operation of a service's contract, each with one defect: in a header, a
/// parameter, the body, one of its members, or the method. The order is always the same.
final class OddRequests {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final String PLACEHOLDER = "the odd value";
    private static final int MAX_DEPTH = 6;

    /// @param name describes the defect
    record OddRequest(String name, URI server, byte[] bytes) {}

    private final URI server;
    private final JsonNode contract;
    private final Map<String, String> ids;
    private final Map<String, JsonNode> members;
    private final List<String> credentials;
    private final List<OddRequest> requests = new ArrayList<>();

    /// @param ids of existing resources, by the path of their collection
    /// @param members valid values for members, by name
    /// @param credentials headers that are used in turn
    OddRequests(
            URI server,
            JsonNode contract,
            Map<String, String> ids,
            Map<String, JsonNode> members,
            List<String> credentials) {
        this.server = server;
        this.contract = contract;
        this.ids = ids;
        this.members = members;
        this.credentials = credentials;
    }

    List<OddRequest> all() {
        contract.path("paths")
                .propertyStream()
                .forEach(path ->
                        path.getValue()
                                .propertyStream()
                                .filter(entry -> METHODS.contains(entry.getKey()))
                                .forEach(entry ->
                                        addOperation(
                                                entry.getKey().toUpperCase(Locale.ROOT),
                                                path.getKey(),
                                                path.getValue(),
                                                entry.getValue())));
        return List.copyOf(requests);
    }

    private void addOperation(String method, String path, JsonNode item, JsonNode operation) {
        JsonNode content = resolve(operation.path("requestBody")).path("content");
        String type = content.isEmpty() ? "" : content.fieldNames().next();
        JsonNode body = value(content.path(type).path("schema"), "", 0);
        String sound = type.contains("form") ? form(body) : body == null ? "" : body.toString();
        String known = withId(path, method.equals("DELETE"));

        for (String header : Odd.HEADERS) {
            add(method, known, header, type, sound);
        }
        for (String odd : Odd.METHODS) {
            add(odd, known, "", type, sound);
        }
        for (String odd : Odd.PARAMETERS) {
            if (path.contains("{")) {
                add(method, path.replaceAll("\\{[^}]+}", quote(odd)), "", type, sound);
            }
            for (String parameter : queryParameters(item, operation)) {
                add(method, known + "?" + parameter + "=" + odd, "", type, sound);
            }
            add(method, known + "?" + odd, "", type, sound);
        }
        for (String odd : Odd.BODIES) {
            add(method, known, "", type.isEmpty() ? "application/json" : type, odd);
        }
        if (body != null && !type.contains("form")) {
            addMembers(method, known, type, body, body);
        }
    }

    private void addMembers(
            String method, String path, String type, JsonNode whole, JsonNode within) {
        if (within instanceof ObjectNode object) {
            for (String name : namesOf(object)) {
                JsonNode sound = object.get(name);
                object.set(name, new TextNode(PLACEHOLDER));
                addValues(method, path, type, whole);
                object.set(name, sound);
                addMembers(method, path, type, whole, sound);
            }
        } else if (within instanceof ArrayNode array && !array.isEmpty()) {
            JsonNode sound = array.get(0);
            array.set(0, new TextNode(PLACEHOLDER));
            addValues(method, path, type, whole);
            array.set(0, sound);
            addMembers(method, path, type, whole, sound);
        }
    }

    private void addValues(String method, String path, String type, JsonNode whole) {
        String text = whole.toString();
        for (String odd : Odd.JSON) {
            String body = text.replace('"' + PLACEHOLDER + '"', odd);
            add(method, path, "", type, new String(body.getBytes(UTF_8), ISO_8859_1));
        }
    }

    /// @param body one character for each byte
    private void add(String method, String path, String header, String type, String body) {
        int number = requests.size();
        StringBuilder request = new StringBuilder();
        request.append("%s %s HTTP/1.1\r\n".formatted(method, path));
        if (!header.startsWith("Host:")) {
            request.append("Host: localhost\r\n");
        }
        request.append("Connection: close\r\n");
        // Each request has a different client address, so that none is throttled.
        request.append("X-Forwarded-For: 10.%d.%d.7\r\n".formatted(number / 250, number % 250));
        if (!header.startsWith("Authorization:")) {
            request.append(credentials.get(number % credentials.size()));
        }
        if (!header.startsWith("Content-Type:") && !type.isEmpty()) {
            request.append("Content-Type: %s\r\n".formatted(type));
        }
        if (!header.isEmpty()) {
            request.append(header).append("\r\n");
        }
        if (!body.isEmpty()) {
            request.append("Content-Length: %d\r\n".formatted(body.length()));
        }
        request.append("\r\n").append(body);
        String name = request.length() > 1_500 ? request.substring(0, 1_500) + "…" : request + "";
        requests.add(new OddRequest(name, server, request.toString().getBytes(ISO_8859_1)));
    }

    private String withId(String path, boolean made) {
        int parameter = path.indexOf("/{");
        if (parameter < 0) {
            return path;
        }
        String nothings = "00000000-0000-7000-8000-000000000000";
        String id = made ? nothings : ids.getOrDefault(path.substring(0, parameter), nothings);
        return path.replaceAll("\\{[^}]+}", id);
    }

    private List<String> queryParameters(JsonNode item, JsonNode operation) {
        List<String> names = new ArrayList<>();
        for (JsonNode owner : List.of(item, operation)) {
            for (JsonNode reference : owner.path("parameters")) {
                JsonNode parameter = resolve(reference);
                if (parameter.path("in").asText().equals("query")) {
                    names.add(parameter.path("name").asText());
                }
            }
        }
        return names;
    }

    /// A value that matches the schema, with all optional members.
    private JsonNode value(JsonNode reference, String name, int depth) {
        JsonNode schema = resolve(reference);
        if (schema.isMissingNode() || depth > MAX_DEPTH) {
            return null;
        }
        if (members.containsKey(name)) {
            return members.get(name).deepCopy();
        }
        for (String choice : List.of("oneOf", "anyOf", "allOf")) {
            if (schema.has(choice) && !schema.has("properties")) {
                return value(schema.path(choice).path(0), name, depth + 1);
            }
        }
        if (schema.has("const") || schema.has("enum")) {
            return schema.has("const") ? schema.get("const") : schema.path("enum").get(0);
        }
        JsonNode type = schema.path("type");
        return switch (type.isArray() ? type.path(0).asText() : type.asText("object")) {
            case "array" -> array(schema, name, depth);
            case "string" -> text(schema);
            case "integer", "number" ->
                    JsonNodeFactory.instance.numberNode(schema.path("minimum").asInt(1));
            case "boolean" -> JsonNodeFactory.instance.booleanNode(true);
            default -> object(schema, depth);
        };
    }

    private JsonNode object(JsonNode schema, int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        schema.path("properties")
                .propertyStream()
                .forEach(property -> {
                    JsonNode value = value(property.getValue(), property.getKey(), depth + 1);
                    if (value != null) {
                        object.set(property.getKey(), value);
                    }
                });
        return object;
    }

    private JsonNode array(JsonNode schema, String name, int depth) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        JsonNode item = value(schema.path("items"), name + "[]", depth + 1);
        return item == null ? array : array.add(item);
    }

    private static JsonNode text(JsonNode schema) {
        return new TextNode(
                switch (schema.path("format").asText()) {
                    case "date-time" -> "2099-01-01T00:00:00.000Z";
                    case "uuid" -> "00000000-0000-7000-8000-000000000000";
                    case "email" -> "success@simulator.amazonses.com";
                    case "uri" -> "https://hooks.example/in";
                    default -> "x".repeat(Math.max(4, schema.path("minLength").asInt()));
                });
    }

    private JsonNode resolve(JsonNode node) {
        JsonNode reference = node.path("$ref");
        return reference.isMissingNode()
                ? node
                : resolve(contract.at(reference.asText().substring(1)));
    }

    private static String form(JsonNode body) {
        List<String> fields = new ArrayList<>();
        body.propertyStream()
                .forEach(field -> fields.add(field.getKey() + "=" + field.getValue().asText()));
        return String.join("&", fields);
    }

    private static List<String> namesOf(ObjectNode object) {
        List<String> names = new ArrayList<>();
        for (Iterator<String> all = object.fieldNames(); all.hasNext(); ) {
            names.add(all.next());
        }
        return names;
    }

    private static String quote(String replacement) {
        return java.util.regex.Matcher.quoteReplacement(replacement);
    }
}

package dev.sendex.common.ses;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A JSON value and its path, for precise error messages.
record JsonPlace(JsonNode node, String path) {

    /// The path, or `value` for the record's value itself.
    String name() {
        return name(path);
    }

    static String name(String path) {
        return path.isEmpty() ? "value" : path;
    }

    boolean has(String name) {
        return node.hasNonNull(name);
    }

    JsonPlace member(String name) {
        return new JsonPlace(node.path(name), path.isEmpty() ? name : path + "." + name);
    }

    JsonPlace object(String name) throws NotAnEvent {
        JsonPlace member = member(name);
        if (!member.node.isObject()) {
            throw member.wrong("an object");
        }
        return member;
    }

    /// The elements of a required array.
    List<JsonPlace> elements(String name) throws NotAnEvent {
        JsonPlace array = member(name);
        if (!array.node.isArray()) {
            throw array.wrong("an array");
        }
        List<JsonPlace> elements = new ArrayList<>(array.node.size());
        for (int i = 0; i < array.node.size(); i++) {
            elements.add(new JsonPlace(array.node.get(i), array.path + "[" + i + "]"));
        }
        return elements;
    }

    /// A required non-empty text.
    String text(String name) throws NotAnEvent {
        String text = member(name).text();
        if (text.isBlank()) {
            throw new NotAnEvent(member(name).path, "must not be empty");
        }
        return text;
    }

    @Nullable String textIfAny(String name) throws NotAnEvent {
        return has(name) ? member(name).text() : null;
    }

    /// The texts of an array; none if it is absent.
    List<String> textsIfAny(String name) throws NotAnEvent {
        return has(name) ? texts(name) : List.of();
    }

    List<String> texts(String name) throws NotAnEvent {
        List<String> texts = new ArrayList<>();
        for (JsonPlace element : elements(name)) {
            texts.add(element.text());
        }
        return texts;
    }

    /// Tags: an object of arrays of texts; none if it is absent.
    Map<String, List<String>> tagsIfAny(String name) throws NotAnEvent {
        if (!has(name)) {
            return Map.of();
        }
        JsonPlace object = object(name);
        Map<String, List<String>> tags = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : object.node.properties()) {
            tags.put(withoutNul(member.getKey()), object.textsIfAny(member.getKey()));
        }
        return tags;
    }

    Instant instant(String name) throws NotAnEvent {
        String text = text(name);
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new NotAnEvent(member(name).path, "must be an ISO-8601 time with an offset");
        }
    }

    @Nullable Instant instantIfAny(String name) throws NotAnEvent {
        return has(name) ? instant(name) : null;
    }

    @Nullable Long integerIfAny(String name) throws NotAnEvent {
        if (!has(name)) {
            return null;
        }
        JsonPlace member = member(name);
        if (!member.node.isIntegralNumber() || !member.node.canConvertToLong()) {
            throw member.wrong("a whole number");
        }
        return member.node.longValue();
    }

    NotAnEvent wrong(String expected) {
        String found =
                node.isMissingNode()
                        ? "missing"
                        : node.getNodeType().name().toLowerCase(Locale.ROOT);
        return new NotAnEvent(
                path.isEmpty() ? "value" : path, "must be " + expected + ", is " + found);
    }

    private String text() throws NotAnEvent {
        if (!node.isTextual()) {
            throw wrong("a string");
        }
        return withoutNul(node.textValue());
    }

    /// PostgreSQL cannot store this character.
    private static String withoutNul(String text) {
        return text.replace("\u0000", "");
    }
}

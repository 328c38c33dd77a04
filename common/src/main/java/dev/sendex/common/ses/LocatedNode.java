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

/// A JSON node and its path, for precise error messages.
record LocatedNode(JsonNode json, String path) {

    /// The path for error messages, `value` for the record's value itself.
    String displayPath() {
        return displayPath(path);
    }

    static String displayPath(String path) {
        return path.isEmpty() ? "value" : path;
    }

    boolean has(String name) {
        return json.hasNonNull(name);
    }

    LocatedNode member(String name) {
        return new LocatedNode(json.path(name), path.isEmpty() ? name : path + "." + name);
    }

    LocatedNode object(String name) throws MalformedEvent {
        LocatedNode member = member(name);
        if (!member.json.isObject()) {
            throw member.typeError("an object");
        }
        return member;
    }

    /// The elements of a required array.
    List<LocatedNode> elements(String name) throws MalformedEvent {
        LocatedNode array = member(name);
        if (!array.json.isArray()) {
            throw array.typeError("an array");
        }
        List<LocatedNode> elements = new ArrayList<>(array.json.size());
        for (int i = 0; i < array.json.size(); i++) {
            elements.add(new LocatedNode(array.json.get(i), array.path + "[" + i + "]"));
        }
        return elements;
    }

    /// A required non-empty text.
    String text(String name) throws MalformedEvent {
        String text = member(name).text();
        if (text.isBlank()) {
            throw new MalformedEvent(member(name).path, "must not be empty");
        }
        return text;
    }

    @Nullable String optionalText(String name) throws MalformedEvent {
        return has(name) ? member(name).text() : null;
    }

    /// The texts of an array; none if it is absent.
    List<String> optionalTexts(String name) throws MalformedEvent {
        return has(name) ? texts(name) : List.of();
    }

    List<String> texts(String name) throws MalformedEvent {
        List<String> texts = new ArrayList<>();
        for (LocatedNode element : elements(name)) {
            texts.add(element.text());
        }
        return texts;
    }

    /// Tags: an object of arrays of texts; none if it is absent.
    Map<String, List<String>> optionalTags(String name) throws MalformedEvent {
        if (!has(name)) {
            return Map.of();
        }
        LocatedNode object = object(name);
        Map<String, List<String>> tags = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : object.json.properties()) {
            tags.put(withoutNul(member.getKey()), object.optionalTexts(member.getKey()));
        }
        return tags;
    }

    Instant instant(String name) throws MalformedEvent {
        String text = text(name);
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException malformed) {
            throw new MalformedEvent(member(name).path, "must be an ISO-8601 time with an offset");
        }
    }

    @Nullable Instant optionalInstant(String name) throws MalformedEvent {
        return has(name) ? instant(name) : null;
    }

    @Nullable Long optionalInteger(String name) throws MalformedEvent {
        if (!has(name)) {
            return null;
        }
        LocatedNode member = member(name);
        if (!member.json.isIntegralNumber() || !member.json.canConvertToLong()) {
            throw member.typeError("a whole number");
        }
        return member.json.longValue();
    }

    MalformedEvent typeError(String expected) {
        String found =
                json.isMissingNode()
                        ? "missing"
                        : json.getNodeType().name().toLowerCase(Locale.ROOT);
        return new MalformedEvent(displayPath(path), "must be " + expected + ", is " + found);
    }

    private String text() throws MalformedEvent {
        if (!json.isTextual()) {
            throw typeError("a string");
        }
        return withoutNul(json.textValue());
    }

    /// PostgreSQL cannot store this character.
    private static String withoutNul(String text) {
        return text.replace("\u0000", "");
    }
}

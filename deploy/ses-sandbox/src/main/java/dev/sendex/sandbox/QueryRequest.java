package dev.sendex.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request of the AWS Query protocol: an action and its parameters as form fields.
record QueryRequest(Map<String, String> parameters) {

    static QueryRequest parse(String form) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String field : form.split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        decoded(field.substring(0, equals)), decoded(field.substring(equals + 1)));
            }
        }
        return new QueryRequest(parameters);
    }

    String action() {
        String action = parameters.get("Action");
        if (action == null) {
            throw new SesFailure(400, "MissingAction", "The request must contain an Action.");
        }
        return action;
    }

    @Nullable String get(String name) {
        return parameters.get(name);
    }

    String require(String name) {
        String value = parameters.get(name);
        if (value == null || value.isEmpty()) {
            String member = Character.toLowerCase(name.charAt(0)) + name.substring(1);
            throw new SesFailure(
                    400,
                    "ValidationError",
                    "1 validation error detected: Value null at '%s' failed to satisfy constraint: Member must not be null"
                            .formatted(member));
        }
        return value;
    }

    /// A list: `name.member.1`, `name.member.2` and so on.
    List<String> members(String name) {
        List<String> members = new ArrayList<>();
        for (int i = 1; ; i++) {
            String member = parameters.get(name + ".member." + i);
            if (member == null) {
                return members;
            }
            members.add(member);
        }
    }

    /// Message tags: `Tags.member.N.Name` and `.Value`.
    Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        for (int i = 1; ; i++) {
            String name = parameters.get("Tags.member." + i + ".Name");
            if (name == null) {
                return tags;
            }
            tags.put(name, parameters.getOrDefault("Tags.member." + i + ".Value", ""));
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            throw new SesFailure(400, "MalformedQueryString", "The query string is malformed.");
        }
    }
}

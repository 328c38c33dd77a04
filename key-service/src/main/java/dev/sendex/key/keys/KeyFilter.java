package dev.sendex.key.keys;

import static dev.sendex.common.problem.Problem.INVALID_PARAMETER;

import dev.sendex.common.token.Environment;
import dev.sendex.key.usage.UsageStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which keys to list. Criteria that are absent or empty match every key.
///
/// @param states the key has one of these
/// @param usages the key has one of these
/// @param text part of the name or the hint, in lower case
record KeyFilter(
        Set<KeyState> states,
        @Nullable Environment environment,
        Set<UsageStatus> usages,
        @Nullable String text) {

    private static final int MAX_TEXT = 100;

    KeyFilter {
        states = Set.copyOf(states);
        usages = Set.copyOf(usages);
    }

    /// Parses the query parameters.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `invalid_parameter`
    static KeyFilter of(
            @Nullable String state,
            @Nullable String environment,
            @Nullable String usage,
            @Nullable String text) {
        if (text != null && text.length() > MAX_TEXT) {
            throw INVALID_PARAMETER.on("q", "has at most %d characters".formatted(MAX_TEXT));
        }
        return new KeyFilter(
                allKnown("state", state, KeyState::find),
                known("environment", environment, Environment::find),
                allKnown("usage_status", usage, UsageStatus::find),
                text == null || text.isBlank() ? null : text.strip().toLowerCase(Locale.ROOT));
    }

    private static <T> Set<T> allKnown(
            String parameter, @Nullable String values, Function<String, @Nullable T> find) {
        Set<T> all = new LinkedHashSet<>();
        for (String value : values == null ? new String[0] : values.split(",", -1)) {
            T found = known(parameter, value, find);
            if (found != null) {
                all.add(found);
            }
        }
        return all;
    }

    private static <T> @Nullable T known(
            String parameter, @Nullable String value, Function<String, @Nullable T> find) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        T found = find.apply(value);
        if (found == null) {
            throw INVALID_PARAMETER.on(parameter, "has an unknown value");
        }
        return found;
    }

    List<String> conditions() {
        List<String> conditions = new ArrayList<>();
        if (!states.isEmpty()) {
            conditions.add(anyOf(states.stream().map(KeyState::condition)));
        }
        if (environment != null) {
            conditions.add("environment = :environment");
        }
        if (!usages.isEmpty()) {
            conditions.add(anyOf(usages.stream().map(UsageStatus::condition)));
        }
        if (text != null) {
            conditions.add(
                    "(lower(name) like :text escape '\\' or lower(hint) like :text escape '\\')");
        }
        return conditions;
    }

    private static String anyOf(Stream<String> conditions) {
        return conditions.collect(Collectors.joining(") or (", "((", "))"));
    }

    Map<String, Object> parameters(Instant now, Duration expiringWithin) {
        Map<String, Object> parameters = new HashMap<>();
        states.forEach(state -> parameters.putAll(state.parameters(now, expiringWithin)));
        usages.forEach(usage -> parameters.putAll(usage.parameters(now)));
        if (environment != null) {
            parameters.put("environment", environment.value());
        }
        if (text != null) {
            parameters.put("text", "%" + text.replaceAll("([%_\\\\])", "\\\\$1") + "%");
        }
        return parameters;
    }
}

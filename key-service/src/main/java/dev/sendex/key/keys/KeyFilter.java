package dev.sendex.key.keys;

import static dev.sendex.common.problem.Problem.INVALID_PARAMETER;

import dev.sendex.common.token.Environment;
import dev.sendex.key.usage.UsageStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which keys to list; what is absent does not narrow.
///
/// @param text part of a name, or of a hint, in lower case
record KeyFilter(
        @Nullable KeyState state,
        @Nullable Environment environment,
        @Nullable UsageStatus usage,
        @Nullable String text) {

    private static final int MAX_TEXT = 100;

    /// The filter that these query parameters ask for.
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
                known("state", state, KeyState::find),
                known("environment", environment, Environment::find),
                known("usage_status", usage, UsageStatus::find),
                text == null || text.isBlank() ? null : text.strip().toLowerCase(Locale.ROOT));
    }

    private static <T> @Nullable T known(
            String parameter, @Nullable String value, Function<String, @Nullable T> find) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        T found = find.apply(value);
        if (found == null) {
            throw INVALID_PARAMETER.on(parameter, "has a value that does not exist");
        }
        return found;
    }

    List<String> conditions() {
        List<String> conditions = new ArrayList<>();
        if (state != null) {
            conditions.add(state.condition());
        }
        if (environment != null) {
            conditions.add("environment = :environment");
        }
        if (usage != null) {
            conditions.add(usage.condition());
        }
        if (text != null) {
            conditions.add(
                    "(lower(name) like :text escape '\\' or lower(hint) like :text escape '\\')");
        }
        return conditions;
    }

    Map<String, Object> parameters(Instant now, Duration expiringWithin) {
        Map<String, Object> parameters = new HashMap<>();
        if (state != null && state != KeyState.REVOKED) {
            parameters.put("now", now);
        }
        if (state == KeyState.EXPIRING || state == KeyState.ACTIVE) {
            parameters.put("soon", now.plus(expiringWithin));
        }
        if (environment != null) {
            parameters.put("environment", environment.value());
        }
        if (usage != null) {
            parameters.putAll(usage.parameters(now));
        }
        if (text != null) {
            parameters.put("text", "%" + text.replaceAll("([%_\\\\])", "\\\\$1") + "%");
        }
        return parameters;
    }
}

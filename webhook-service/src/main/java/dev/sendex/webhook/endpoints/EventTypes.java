package dev.sendex.webhook.endpoints;

import static dev.sendex.common.problem.Problem.VALIDATION_ERROR;

import dev.sendex.common.event.KeyEventType;
import dev.sendex.common.ses.SesEvent.WebhookType;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The event types to which endpoints can subscribe.
final class EventTypes {

    static final List<String> ALL =
            Stream.concat(
                            Arrays.stream(WebhookType.values()).map(WebhookType::value),
                            Arrays.stream(KeyEventType.values()).map(KeyEventType::value))
                    .toList();

    private EventTypes() {}

    /// @throws dev.sendex.common.problem.ProblemException if there are none, or one is unknown
    static List<String> check(@Nullable List<String> types) {
        if (types == null || types.isEmpty()) {
            throw VALIDATION_ERROR.on("events", "must name at least one event type");
        }
        Set<String> distinct = new LinkedHashSet<>(types);
        for (String type : distinct) {
            if (!ALL.contains(type)) {
                throw VALIDATION_ERROR.on(
                        "events", "has `%s`, which is not a known event type".formatted(type));
            }
        }
        return List.copyOf(distinct);
    }
}

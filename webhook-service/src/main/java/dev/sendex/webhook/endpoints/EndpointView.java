package dev.sendex.webhook.endpoints;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An endpoint in the API.
///
/// @param object always `webhook`
/// @param signingSecret present when an endpoint is created, and when it is read by a caller who
///   may change it
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
record EndpointView(
        String object,
        UUID id,
        String endpoint,
        List<String> events,
        String status,
        Instant createdAt,
        @Nullable Instant failingSince,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String signingSecret) {

    static EndpointView of(Endpoint endpoint, @Nullable String signingSecret) {
        return new EndpointView(
                "webhook",
                endpoint.id(),
                endpoint.url(),
                endpoint.eventTypes(),
                endpoint.status(),
                endpoint.createdAt(),
                endpoint.failingSince(),
                signingSecret);
    }

    @Override
    public String toString() {
        return "EndpointView[%s]".formatted(id);
    }
}

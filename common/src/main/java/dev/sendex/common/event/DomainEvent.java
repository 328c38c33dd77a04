package dev.sendex.common.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/// Something that happened in an account and is sent to its webhooks.
///
/// @param id the same if the event is published again
/// @param type for example `email.suppressed`
/// @param createdAt when it happened
/// @param data the `data` of the webhook
@RegisterForReflection
public record DomainEvent(
        @JsonProperty("id") UUID id,
        @JsonProperty("type") String type,
        @JsonProperty("account_id") UUID accountId,
        @JsonProperty("created_at") Instant createdAt,
        @JsonProperty("data") JsonNode data) {}

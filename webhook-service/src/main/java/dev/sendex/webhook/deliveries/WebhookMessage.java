package dev.sendex.webhook.deliveries;

import java.time.Instant;
import java.util.UUID;

/// Something that an account's endpoints may want to be told of.
///
/// @param eventId the same whenever the same happening is heard of again
/// @param body the webhook's body, JSON
record WebhookMessage(UUID accountId, UUID eventId, String type, String body, Instant createdAt) {}

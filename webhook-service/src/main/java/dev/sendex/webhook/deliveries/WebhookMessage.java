package dev.sendex.webhook.deliveries;

import java.time.Instant;
import java.util.UUID;

/// A webhook for the subscribed endpoints of an account.
///
/// @param eventId the same each time the same event is received
/// @param body the webhook's JSON body
record WebhookMessage(UUID accountId, UUID eventId, String type, String body, Instant createdAt) {}

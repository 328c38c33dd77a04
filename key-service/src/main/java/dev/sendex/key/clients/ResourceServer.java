package dev.sendex.key.clients;

import java.time.Duration;

/// An authenticated service.
///
/// @param lease how long it may cache a key that does not expire earlier
public record ResourceServer(String clientId, Duration lease) {}

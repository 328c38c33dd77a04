package dev.sendex.key.clients;

import java.time.Duration;

/// A service that has proved itself.
///
/// @param lease how long it may remember a key that has no expiry of its own
public record ResourceServer(String clientId, Duration lease) {}

package dev.sendex.send.suppressions;

import java.util.UUID;

/// What identifies a row; the account leads every key.
record SuppressionKey(UUID accountId, UUID id) {}

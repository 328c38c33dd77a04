package dev.sendex.send.suppressions;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/// What identifies a row; the account leads every key.
@RegisterForReflection
record SuppressionKey(UUID accountId, UUID id) {}

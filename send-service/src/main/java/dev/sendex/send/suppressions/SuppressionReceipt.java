package dev.sendex.send.suppressions;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/// The answer to a removal.
///
/// @param object always `suppression`
@RegisterForReflection
record SuppressionReceipt(String object, UUID id, boolean deleted) {}

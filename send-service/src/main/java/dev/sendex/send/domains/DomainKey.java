package dev.sendex.send.domains;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/// What identifies a row; the account leads every key.
@RegisterForReflection
record DomainKey(UUID accountId, UUID id) {}

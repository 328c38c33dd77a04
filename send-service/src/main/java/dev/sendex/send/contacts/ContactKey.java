package dev.sendex.send.contacts;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/// What identifies a row; the account leads every key.
@RegisterForReflection
record ContactKey(UUID accountId, UUID id) {}

package dev.sendex.send.domains;

import java.util.UUID;

/// What identifies a row; the account leads every key.
record DomainKey(UUID accountId, UUID id) {}

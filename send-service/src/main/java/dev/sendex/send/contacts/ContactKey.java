package dev.sendex.send.contacts;

import java.util.UUID;

/// What identifies a row; the account leads every key.
record ContactKey(UUID accountId, UUID id) {}

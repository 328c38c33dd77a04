package dev.sendex.send.events;

import java.util.UUID;

/// The key of an email.
record EmailRef(UUID accountId, UUID emailId) {}

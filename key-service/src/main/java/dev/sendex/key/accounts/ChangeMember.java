package dev.sendex.key.accounts;

import jakarta.validation.constraints.NotNull;

/// A request to give a member another role.
record ChangeMember(@NotNull(message = "is required") String role) {}

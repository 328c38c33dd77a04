package dev.sendex.key.invitations;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/// A request to invite a person.
record Invite(
        @NotBlank(message = "is required") @Size(max = 254, message = "has at most 254 characters")
                String email,
        @NotNull(message = "is required") String role) {}

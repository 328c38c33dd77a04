package dev.sendex.key.recovery;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/// A request for a password reset.
record RequestReset(
        @NotBlank(message = "is required") @Size(max = 254, message = "has at most 254 characters")
                String email) {}

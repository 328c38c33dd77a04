package dev.sendex.key.recovery;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/// A request of somebody who has lost their password.
record RequestReset(
        @NotBlank(message = "is required") @Size(max = 254, message = "has at most 254 characters")
                String email) {}

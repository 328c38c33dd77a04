package dev.sendex.key.accounts;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/// A change of an account.
record RenameAccount(
        @NotBlank(message = "is required")
                @Size(max = 100, message = "has at most 100 characters")
                @Pattern(
                        regexp = "[^\\p{Cc}\\u2028\\u2029]*",
                        message = "must not contain line breaks or control characters")
                String name) {}

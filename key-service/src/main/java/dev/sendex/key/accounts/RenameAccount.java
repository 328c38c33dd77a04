package dev.sendex.key.accounts;

import dev.sendex.key.text.VisibleText;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/// A change of an account.
record RenameAccount(
        @NotBlank(message = "is required")
                @Size(max = 100, message = "has at most 100 characters")
                @Pattern(regexp = VisibleText.PATTERN, message = VisibleText.MESSAGE)
                String name) {}

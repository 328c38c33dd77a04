package dev.sendex.key.recovery;

import dev.sendex.key.links.LinkToken;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/// A request to set a new password with the token of a link.
record ConfirmReset(
        @NotBlank(message = "is required") @Size(max = 256, message = "has at most 256 characters")
                String token,
        @NotNull(message = "is required") @Size(max = 256, message = "has at most 256 characters")
                String password) {

    LinkToken link() {
        return new LinkToken(token);
    }

    @Override
    public String toString() {
        return "ConfirmReset[hidden]";
    }
}

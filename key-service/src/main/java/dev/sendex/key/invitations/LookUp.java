package dev.sendex.key.invitations;

import dev.sendex.key.links.LinkToken;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/// A request to show an invitation.
record LookUp(
        @NotBlank(message = "is required") @Size(max = 256, message = "has at most 256 characters")
                String token) {

    LinkToken link() {
        return new LinkToken(token);
    }

    @Override
    public String toString() {
        return "LookUp[hidden]";
    }
}

package dev.sendex.key.secondfactor;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/// The password and a code, to reauthenticate a signed-in member.
record PasswordAndCode(
        @NotNull(message = "is required") @Size(max = 256, message = "has at most 256 characters")
                String password,
        @NotBlank(message = "is required") @Size(max = 64, message = "has at most 64 characters")
                String code) {

    @Override
    public String toString() {
        return "PasswordAndCode[hidden]";
    }
}

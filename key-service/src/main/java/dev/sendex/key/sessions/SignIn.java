package dev.sendex.key.sessions;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/// A member's email and password.
record SignIn(
        @NotBlank(message = "is required") @Size(max = 254, message = "has at most 254 characters")
                String email,
        @NotNull(message = "is required") @Size(max = 256, message = "has at most 256 characters")
                String password) {

    @Override
    public String toString() {
        return "SignIn[hidden]";
    }
}

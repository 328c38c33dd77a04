package dev.sendex.key.sessions.signin;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// A member's email and password.
///
/// @param code of the authenticator app, or a recovery code, if two-factor authentication is
///   enabled
record SignIn(
        @NotBlank(message = "is required") @Size(max = 254, message = "has at most 254 characters")
                String email,
        @NotNull(message = "is required") @Size(max = 256, message = "has at most 256 characters")
                String password,
        @Size(max = 64, message = "has at most 64 characters") @Nullable String code) {

    @Override
    public String toString() {
        return "SignIn[hidden]";
    }
}

package dev.sendex.key.sessions.signin;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.sendex.key.text.VisibleText;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/// A request for a new account with its first member.
@JsonNaming(SnakeCaseStrategy.class)
record SignUp(
        @NotBlank(message = "is required") @Size(max = 254, message = "has at most 254 characters")
                String email,
        @NotNull(message = "is required") @Size(max = 256, message = "has at most 256 characters")
                String password,
        @NotBlank(message = "is required")
                @Size(max = 100, message = "has at most 100 characters")
                @Pattern(regexp = VisibleText.PATTERN, message = VisibleText.MESSAGE)
                String accountName) {

    @Override
    public String toString() {
        return "SignUp[hidden]";
    }
}

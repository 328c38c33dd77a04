package dev.sendex.key.recovery;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/// A request to change the password, with the current one.
@JsonNaming(SnakeCaseStrategy.class)
record ChangePassword(
        @NotNull(message = "is required") @Size(max = 256, message = "has at most 256 characters")
                String currentPassword,
        @NotNull(message = "is required") @Size(max = 256, message = "has at most 256 characters")
                String newPassword) {

    @Override
    public String toString() {
        return "ChangePassword[hidden]";
    }
}

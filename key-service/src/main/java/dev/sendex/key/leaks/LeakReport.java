package dev.sendex.key.leaks;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// A report of a leaked token.
///
/// @param foundAt a description or URL of the place
@JsonNaming(SnakeCaseStrategy.class)
record LeakReport(
        @NotBlank(message = "is required") @Size(max = 256, message = "has at most 256 characters")
                String token,
        @Nullable @Size(max = 500, message = "has at most 500 characters") String foundAt) {

    @Override
    public String toString() {
        return "LeakReport[hidden]";
    }
}

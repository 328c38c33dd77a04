package dev.sendex.key.leaks;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// What somebody found.
///
/// @param foundAt where, in words or as a URL
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

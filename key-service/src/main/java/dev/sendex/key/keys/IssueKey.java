package dev.sendex.key.keys;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request for a new key. What the key may do is said by exactly one of `type` with
/// `permissions`, `preset`, or Resend's `permission`.
@JsonNaming(SnakeCaseStrategy.class)
record IssueKey(
        @NotBlank(message = "is required") @Size(max = 100, message = "has at most 100 characters")
                String name,
        @Nullable String type,
        @Nullable String environment,
        @Nullable List<String> permissions,
        @Nullable String preset,
        @Nullable String permission,
        @Nullable List<String> allowedDomains,
        @Nullable Instant expiresAt) {}

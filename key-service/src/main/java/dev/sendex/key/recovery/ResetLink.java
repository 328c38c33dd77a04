package dev.sendex.key.recovery;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A link that was created for another member.
///
/// @param url the link to pass on, only if email is not configured
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
record ResetLink(
        String object,
        UUID memberId,
        Instant expiresAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String url) {

    @Override
    public String toString() {
        return "ResetLink[hidden]";
    }
}

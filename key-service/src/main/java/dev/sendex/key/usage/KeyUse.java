package dev.sendex.key.usage;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When and from where a key was used. Lags by a flush interval of the services.
///
/// As members of another view: `first_used_at`, `last_used_at`, `last_used_ip` and `usage_status`.
///
/// @param lastUsedIp absent where the address was unknown
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record KeyUse(
        @Nullable Instant firstUsedAt,
        @Nullable Instant lastUsedAt,
        @Nullable String lastUsedIp,
        @JsonProperty("usage_status") UsageStatus status) {

    /// The use of a key that was not used yet.
    public static final KeyUse NONE = new KeyUse(null, null, null, UsageStatus.NEVER_USED);
}

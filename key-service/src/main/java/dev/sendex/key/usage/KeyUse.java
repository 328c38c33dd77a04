package dev.sendex.key.usage;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When and from where a key was used. Lags by one flush interval of the services.
///
/// Serialised as `first_used_at`, `last_used_at`, `last_used_ip` and `usage_status` of another
/// view.
///
/// @param lastUsedIp absent if the address is unknown
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record KeyUse(
        @Nullable Instant firstUsedAt,
        @Nullable Instant lastUsedAt,
        @Nullable String lastUsedIp,
        @JsonProperty("usage_status") UsageStatus status) {

    /// A key that was never used.
    public static final KeyUse NONE = new KeyUse(null, null, null, UsageStatus.NEVER_USED);
}

package dev.sendex.key.usage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.sendex.common.event.KeyEventType;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something about a key that its account wants to hear of.
record Signal(UUID accountId, KeyEventType type, Data data) {

    /// What webhooks are told. Whole addresses are not: a network is enough to recognise it by.
    sealed interface Data {

        /// The key was used from a network for the first time.
        ///
        /// @param network a CIDR block: /24 of IPv4, /48 of IPv6
        @RegisterForReflection
        @JsonNaming(SnakeCaseStrategy.class)
        record NewNetwork(UUID id, String name, String hint, String network, Instant usedAt)
                implements Data {}

        /// Many requests were refused for what the key may not do.
        ///
        /// @param refused how many requests within the window
        @RegisterForReflection
        @JsonNaming(SnakeCaseStrategy.class)
        record RefusedOften(UUID id, String name, String hint, long refused, long windowSeconds)
                implements Data {}

        /// The key was not used for long.
        ///
        /// @param lastUsedAt null where the key was never used
        @RegisterForReflection
        @JsonNaming(SnakeCaseStrategy.class)
        @JsonInclude(JsonInclude.Include.ALWAYS)
        record Unused(
                UUID id, String name, String hint, Instant createdAt, @Nullable Instant lastUsedAt)
                implements Data {}

        /// The key expires soon.
        ///
        /// @param noticeDays which notice this is: 7 or 1 days before, unless set otherwise
        @RegisterForReflection
        @JsonNaming(SnakeCaseStrategy.class)
        record Expiring(UUID id, String name, String hint, Instant expiresAt, long noticeDays)
                implements Data {}
    }
}

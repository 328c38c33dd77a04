package dev.sendex.key.keys;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.sendex.common.introspection.KeyGrant;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/// A rate limit as it is asked for and shown: requests per window.
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
record RequestRate(@Nullable Long limit, @Nullable Long windowSeconds) {

    static @Nullable RequestRate of(KeyGrant.@Nullable RateLimit limit) {
        return limit == null ? null : new RequestRate(limit.limit(), limit.window().toSeconds());
    }
}

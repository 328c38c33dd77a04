package dev.sendex.key.keys;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.sendex.common.introspection.KeyGrant;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/// A sending limit as it is asked for and shown, in recipients. What is absent does not bind.
///
/// @param perDay per day in UTC
/// @param perMonth per month in UTC
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
record SendingQuota(@Nullable Long total, @Nullable Long perDay, @Nullable Long perMonth) {

    static @Nullable SendingQuota of(KeyGrant.@Nullable SendingLimit limit) {
        return limit == null
                ? null
                : new SendingQuota(limit.total(), limit.perDay(), limit.perMonth());
    }
}

package dev.sendex.key.secondfactor;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The state of the caller's second factor.
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
record SecondFactorView(
        String object, boolean enabled, @Nullable Instant enabledAt, int recoveryCodesLeft) {

    static SecondFactorView of(@Nullable SecondFactor factor) {
        return factor == null || factor.enabledAt == null
                ? new SecondFactorView("second_factor", false, null, 0)
                : new SecondFactorView(
                        "second_factor", true, factor.enabledAt, factor.recoveryHashes.length);
    }
}

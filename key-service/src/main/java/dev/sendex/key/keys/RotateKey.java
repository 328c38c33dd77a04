package dev.sendex.key.keys;

import static dev.sendex.common.problem.Problem.VALIDATION_ERROR;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A request for a new token.
///
/// @param overlapSeconds how long the present token stays good, from 0 to 7 days; 24 hours unless
///   given
@JsonNaming(SnakeCaseStrategy.class)
record RotateKey(@Nullable Long overlapSeconds) {

    private static final long DEFAULT_OVERLAP = Duration.ofDays(1).toSeconds();
    private static final long MAX_OVERLAP = Duration.ofDays(7).toSeconds();

    /// The overlap that is asked for.
    ///
    /// @throws dev.sendex.common.problem.ProblemException where it is too long, or negative
    static Duration overlap(@Nullable RotateKey request) {
        Long asked = request == null ? null : request.overlapSeconds();
        long seconds = asked == null ? DEFAULT_OVERLAP : asked;
        if (seconds < 0 || seconds > MAX_OVERLAP) {
            throw VALIDATION_ERROR.on(
                    "overlap_seconds", "must be from 0 to %d".formatted(MAX_OVERLAP));
        }
        return Duration.ofSeconds(seconds);
    }
}

package dev.sendex.key.usage;

import static dev.sendex.common.problem.Problem.INVALID_PARAMETER;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The period of a usage report, in whole hours or days of UTC.
///
/// @param since the beginning of the first hour or day
/// @param until the end, exclusive
record UsagePeriod(Granularity granularity, Instant since, Instant until) {

    private static final Instant MAX_TIME = Instant.parse("9999-01-01T00:00:00Z");

    enum Granularity {
        HOUR("hour", ChronoUnit.HOURS, Duration.ofDays(1), Duration.ofDays(7)),
        DAY("day", ChronoUnit.DAYS, Duration.ofDays(30), Duration.ofDays(92));

        private final String value;
        private final ChronoUnit unit;
        private final Duration defaultLength;
        private final Duration maxLength;

        Granularity(String value, ChronoUnit unit, Duration defaultLength, Duration maxLength) {
            this.value = value;
            this.unit = unit;
            this.defaultLength = defaultLength;
            this.maxLength = maxLength;
        }

        @JsonValue
        String value() {
            return value;
        }
    }

    /// Reads the query parameters.
    ///
    /// @throws dev.sendex.common.problem.ProblemException if a parameter is not valid or they
    ///   contradict each other
    static UsagePeriod of(
            @Nullable String granularity,
            @Nullable String since,
            @Nullable String until,
            Instant now) {
        Granularity unit = granularity(granularity);
        Instant end = time("until", until, () -> now);
        Instant start = time("since", since, () -> end.minus(unit.defaultLength));
        if (!start.isBefore(end)) {
            throw INVALID_PARAMETER.on("since", "must be before `until`");
        }
        if (Duration.between(start, end).compareTo(unit.maxLength) > 0) {
            throw INVALID_PARAMETER.on(
                    "since",
                    "may be at most %d days before `until` per %s"
                            .formatted(unit.maxLength.toDays(), unit.value));
        }
        return new UsagePeriod(unit, start.truncatedTo(unit.unit), end);
    }

    private static Granularity granularity(@Nullable String text) {
        return switch (text) {
            case null -> Granularity.HOUR;
            case "hour" -> Granularity.HOUR;
            case "day" -> Granularity.DAY;
            default -> throw INVALID_PARAMETER.on("granularity", "must be `hour` or `day`");
        };
    }

    private static Instant time(String name, @Nullable String text, Supplier<Instant> defaultTime) {
        if (text == null) {
            return defaultTime.get();
        }
        try {
            Instant time = Instant.parse(text);
            if (time.isAfter(Instant.EPOCH) && time.isBefore(MAX_TIME)) {
                return time;
            }
        } catch (DateTimeParseException malformed) {
            // refused below
        }
        throw INVALID_PARAMETER.on(
                name, "must be a time such as `2026-01-31T12:00:00Z` (ISO 8601, UTC)");
    }
}

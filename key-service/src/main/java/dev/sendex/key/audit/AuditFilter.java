package dev.sendex.key.audit;

import static dev.sendex.common.problem.Problem.INVALID_PARAMETER;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which events to read; what is absent does not narrow.
///
/// @param actor the member's or the key's id
/// @param target the id of what was changed
/// @param since this moment included
/// @param until this moment excluded
record AuditFilter(
        @Nullable String action,
        @Nullable UUID actor,
        @Nullable UUID target,
        @Nullable Instant since,
        @Nullable Instant until) {

    static final AuditFilter NONE = new AuditFilter(null, null, null, null, null);

    private static final int MAX_ACTION = 64;
    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

    /// The filter that these query parameters ask for.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `invalid_parameter`
    static AuditFilter of(
            @Nullable String action,
            @Nullable String actor,
            @Nullable String target,
            @Nullable String since,
            @Nullable String until) {
        if (action != null && action.length() > MAX_ACTION) {
            throw INVALID_PARAMETER.on("action", "is no action");
        }
        return new AuditFilter(
                action,
                parse("actor", actor, UUID::fromString, "must be an id"),
                parse("target", target, UUID::fromString, "must be an id"),
                parse("since", since, AuditFilter::time, "must be a time in ISO 8601"),
                parse("until", until, AuditFilter::time, "must be a time in ISO 8601"));
    }

    /// A time at which something can have happened, and that PostgreSQL can hold.
    private static Instant time(String text) {
        Instant time = Instant.parse(text);
        if (time.isBefore(Instant.EPOCH) || time.isAfter(LAST)) {
            throw new DateTimeException("nothing happened then");
        }
        return time;
    }

    private static <T> @Nullable T parse(
            String name, @Nullable String text, Function<String, T> parse, String otherwise) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException | DateTimeException malformed) {
            throw INVALID_PARAMETER.on(name, otherwise);
        }
    }
}

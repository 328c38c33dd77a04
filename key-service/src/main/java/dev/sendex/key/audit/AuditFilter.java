package dev.sendex.key.audit;

import static dev.sendex.common.problem.Problem.INVALID_PARAMETER;

import dev.sendex.common.network.Cidr;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which events to read. Criteria that are absent match every event.
///
/// @param actor the id of the member or key
/// @param target the id of the changed object
/// @param targetType its type
/// @param ip a block that contains the client's address
/// @param since inclusive
/// @param until exclusive
record AuditFilter(
        @Nullable String action,
        @Nullable UUID actor,
        @Nullable UUID target,
        @Nullable String targetType,
        @Nullable Cidr ip,
        @Nullable Instant since,
        @Nullable Instant until) {

    static final AuditFilter NONE = new AuditFilter(null, null, null, null, null, null, null);

    private static final int MAX_NAME = 64;
    private static final Instant MAX_TIME = Instant.parse("9999-01-01T00:00:00Z");

    /// Parses the query parameters.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `invalid_parameter`
    static AuditFilter of(MultivaluedMap<String, String> query) {
        return new AuditFilter(
                parse(query, "action", AuditFilter::name, "is not a known action"),
                parse(query, "actor", UUID::fromString, "must be an id"),
                parse(query, "target", UUID::fromString, "must be an id"),
                parse(query, "target_type", AuditFilter::name, "is not a known target type"),
                parse(query, "ip", Cidr::of, "must be an address or a block of addresses"),
                parse(query, "since", AuditFilter::time, "must be a time in ISO 8601"),
                parse(query, "until", AuditFilter::time, "must be a time in ISO 8601"));
    }

    private static String name(String text) {
        if (text.length() > MAX_NAME) {
            throw new IllegalArgumentException("too long");
        }
        return text;
    }

    /// A time within the range of PostgreSQL.
    private static Instant time(String text) {
        Instant time = Instant.parse(text);
        if (time.isBefore(Instant.EPOCH) || time.isAfter(MAX_TIME)) {
            throw new DateTimeException("out of range");
        }
        return time;
    }

    private static <T> @Nullable T parse(
            MultivaluedMap<String, String> query,
            String name,
            Function<String, T> parse,
            String requirement) {
        @Nullable String text = query.getFirst(name);
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException | DateTimeException malformed) {
            throw INVALID_PARAMETER.on(name, requirement);
        }
    }
}

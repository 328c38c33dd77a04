package dev.sendex.key.keys.spec;

import static dev.sendex.common.problem.Problem.MISSING_REQUIRED_FIELD;
import static dev.sendex.common.problem.Problem.VALIDATION_ERROR;

import dev.sendex.common.address.AddrSpec.MalformedAddress;
import dev.sendex.common.address.DomainPattern;
import dev.sendex.common.introspection.KeyGrant;
import dev.sendex.common.network.Cidr;
import dev.sendex.common.permission.EndpointPattern;
import dev.sendex.key.keys.spec.IssueKey.RequestRate;
import dev.sendex.key.keys.spec.IssueKey.SendingQuota;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Validates the restrictions of a key.
final class Restrictions {

    private static final int MAX_ENTRIES = 100;
    private static final long MAX_LIMIT = 1_000_000_000_000L;
    private static final long MAX_WINDOW_SECONDS = 86_400;
    private static final Instant EXPIRY_LIMIT = Instant.parse("9999-12-31T00:00:00Z");

    private Restrictions() {}

    /// Sender domains in ASCII and lower case, without trailing dots and duplicates.
    static List<String> domains(@Nullable List<String> values) {
        return entries("allowed_domains", values, text -> domain(text).value());
    }

    private static DomainPattern domain(String value) {
        try {
            return DomainPattern.parse(value);
        } catch (MalformedAddress malformed) {
            throw has(
                    "allowed_domains",
                    value,
                    "; a domain is like `example.com` or `*.example.com`");
        }
    }

    static List<Cidr> ips(@Nullable List<String> values) {
        return entries("allowed_ips", values, Restrictions::block);
    }

    private static Cidr block(String value) {
        return switch (Cidr.read(value)) {
            case Cidr.Parsed.Block(Cidr block) -> block;
            case Cidr.Parsed.Invalid(_, String message) ->
                    throw has("allowed_ips", value, ", which " + message);
        };
    }

    static List<String> endpoints(@Nullable List<String> values) {
        return entries("allowed_endpoints", values, Restrictions::endpoint);
    }

    private static String endpoint(String value) {
        EndpointPattern endpoint = EndpointPattern.parse(value);
        if (endpoint == null) {
            throw has(
                    "allowed_endpoints",
                    value,
                    "; an endpoint is like `POST /v1/emails` or `GET /v1/emails/{id}`");
        }
        return endpoint.text();
    }

    private static RuntimeException has(String field, String value, String rest) {
        return VALIDATION_ERROR.on(field, "has `%s`%s".formatted(value, rest));
    }

    private static <T> List<T> entries(
            String field, @Nullable List<String> values, Function<String, T> read) {
        if (values == null) {
            return List.of();
        }
        if (values.size() > MAX_ENTRIES) {
            throw VALIDATION_ERROR.on(field, "has at most %d entries".formatted(MAX_ENTRIES));
        }
        Set<T> entries = new LinkedHashSet<>();
        for (@Nullable String value : values) {
            entries.add(read.apply(value == null ? "null" : value));
        }
        return List.copyOf(entries);
    }

    static KeyGrant.@Nullable RateLimit rateLimit(@Nullable RequestRate rate) {
        if (rate == null) {
            return null;
        }
        long limit = required("rate_limit.limit", rate.limit(), MAX_LIMIT);
        long window =
                required("rate_limit.window_seconds", rate.windowSeconds(), MAX_WINDOW_SECONDS);
        return new KeyGrant.RateLimit(limit, Duration.ofSeconds(window));
    }

    private static long required(String field, @Nullable Long value, long max) {
        if (value == null) {
            throw MISSING_REQUIRED_FIELD.on(field, "is required");
        }
        return within(field, value, max);
    }

    private static long within(String field, long value, long max) {
        if (value < 1 || value > max) {
            throw VALIDATION_ERROR.on(field, "must be from 1 to %d".formatted(max));
        }
        return value;
    }

    static KeyGrant.@Nullable SendingLimit sendingLimit(@Nullable SendingQuota quota) {
        if (quota == null) {
            return null;
        }
        if (quota.total() == null && quota.perDay() == null && quota.perMonth() == null) {
            throw MISSING_REQUIRED_FIELD.on(
                    "sending_limit", "needs `total`, `per_day` or `per_month`");
        }
        return new KeyGrant.SendingLimit(
                bound("sending_limit.total", quota.total()),
                bound("sending_limit.per_day", quota.perDay()),
                bound("sending_limit.per_month", quota.perMonth()));
    }

    private static @Nullable Long bound(String field, @Nullable Long value) {
        return value == null ? null : Long.valueOf(within(field, value, MAX_LIMIT));
    }

    /// Truncated to whole seconds, the precision of introspection (RFC 7662, section 2.2).
    static @Nullable Instant expiry(@Nullable Instant expiry, Instant now) {
        if (expiry == null) {
            return null;
        }
        Instant second = expiry.truncatedTo(ChronoUnit.SECONDS);
        if (!second.isAfter(now)) {
            throw VALIDATION_ERROR.on("expires_at", "must be in the future");
        }
        if (!second.isBefore(EXPIRY_LIMIT)) {
            throw VALIDATION_ERROR.on(
                    "expires_at",
                    "must be before 9999-12-31; omit it for a key that does not expire");
        }
        return second;
    }
}

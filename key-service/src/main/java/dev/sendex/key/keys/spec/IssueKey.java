package dev.sendex.key.keys.spec;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.sendex.common.introspection.KeyGrant;
import dev.sendex.common.token.Environment;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request for a new key. Its access is given by exactly one of `type` with `permissions`,
/// `preset`, or Resend's `permission`.
///
/// @param domainId Resend's member for the single domain that the key may send from
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record IssueKey(
        @Nullable String name,
        @Nullable String type,
        @Nullable String environment,
        @Nullable List<String> permissions,
        @Nullable String preset,
        @Nullable String permission,
        @Nullable String domainId,
        @Nullable List<String> allowedDomains,
        @Nullable List<String> allowedIps,
        @Nullable List<String> allowedEndpoints,
        @Nullable RequestRate rateLimit,
        @Nullable SendingQuota sendingLimit,
        @Nullable Instant expiresAt) {

    /// The request with the domain that `domain_id` refers to.
    public IssueKey withDomain(String domain) {
        return new IssueKey(
                name,
                type,
                environment,
                permissions,
                preset,
                permission,
                null,
                List.of(domain),
                allowedIps,
                allowedEndpoints,
                rateLimit,
                sendingLimit,
                expiresAt);
    }

    /// Validates the request.
    ///
    /// @param creators the default environment
    /// @throws dev.sendex.common.problem.ProblemException if the request is not valid; a scoped key
    ///   without permissions is refused, it does not get default ones
    public KeySpec spec(Environment creators, Instant now) {
        return KeyRules.specOf(this, creators, now);
    }

    /// A rate limit in requests and responses: requests per window.
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    public record RequestRate(@Nullable Long limit, @Nullable Long windowSeconds) {

        public static @Nullable RequestRate of(KeyGrant.@Nullable RateLimit limit) {
            return limit == null
                    ? null
                    : new RequestRate(limit.limit(), limit.window().toSeconds());
        }
    }

    /// A sending limit in requests and responses, in recipients. An absent member sets no limit.
    ///
    /// @param perDay per day in UTC
    /// @param perMonth per month in UTC
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    public record SendingQuota(
            @Nullable Long total, @Nullable Long perDay, @Nullable Long perMonth) {

        public static @Nullable SendingQuota of(KeyGrant.@Nullable SendingLimit limit) {
            return limit == null
                    ? null
                    : new SendingQuota(limit.total(), limit.perDay(), limit.perMonth());
        }
    }
}

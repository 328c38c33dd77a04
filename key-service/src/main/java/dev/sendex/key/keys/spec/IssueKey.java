package dev.sendex.key.keys.spec;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.sendex.common.introspection.KeyGrant;
import dev.sendex.common.token.Environment;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request for a new key. What the key may do is said by exactly one of `type` with
/// `permissions`, `preset`, or Resend's `permission`.
///
/// @param domainId Resend's way of naming the one domain that a key may send from
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

    /// The request with the domain named that `domain_id` stands for.
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

    /// The key that is asked for.
    ///
    /// @param creators the environment that is meant where the request names none
    /// @throws dev.sendex.common.problem.ProblemException where the request is not well-formed; a
    ///   scoped key without permissions is refused, never widened
    public KeySpec spec(Environment creators, Instant now) {
        return KeyRules.specOf(this, creators, now);
    }

    /// A rate limit as it is asked for and shown: requests per window.
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    public record RequestRate(@Nullable Long limit, @Nullable Long windowSeconds) {

        public static @Nullable RequestRate of(KeyGrant.@Nullable RateLimit limit) {
            return limit == null
                    ? null
                    : new RequestRate(limit.limit(), limit.window().toSeconds());
        }
    }

    /// A sending limit as it is asked for and shown, in recipients. What is absent does not bind.
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

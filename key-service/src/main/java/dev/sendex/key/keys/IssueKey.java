package dev.sendex.key.keys;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
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
record IssueKey(
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
    IssueKey withDomain(String domain) {
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
}

package dev.sendex.key.usage;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.sendex.key.usage.UsagePeriod.Granularity;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The usage of a key within a period.
///
/// @param object always `api_key_usage`
/// @param refusedOftenAt when a burst of refused requests last raised an alert
/// @param networks that the key was used from, the latest first; at most 64
/// @param totals over the whole period
/// @param endpoints over the whole period, the busiest first
/// @param refusals why requests were refused over the whole period, the most frequent reason first
/// @param data per hour or day and endpoint, without empty entries, the oldest first
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
record KeyUsageView(
        String object,
        UUID apiKeyId,
        Granularity granularity,
        Instant since,
        Instant until,
        UsageStatus usageStatus,
        @Nullable Instant firstUsedAt,
        @Nullable Instant lastUsedAt,
        @Nullable String lastUsedIp,
        @Nullable Instant refusedOftenAt,
        List<SeenNetwork> networks,
        Totals totals,
        List<EndpointTotals> endpoints,
        List<Refusal> refusals,
        List<Bucket> data) {

    KeyUsageView(
            UUID keyId,
            UsagePeriod period,
            CurrentUsage currentUsage,
            Totals totals,
            List<EndpointTotals> endpoints,
            List<Refusal> refusals,
            List<Bucket> data) {
        this(
                "api_key_usage",
                keyId,
                period.granularity(),
                period.since(),
                period.until(),
                currentUsage.use().status(),
                currentUsage.use().firstUsedAt(),
                currentUsage.use().lastUsedAt(),
                currentUsage.use().lastUsedIp(),
                currentUsage.refusedOftenAt(),
                currentUsage.networks(),
                totals,
                endpoints,
                refusals,
                data);
    }

    /// The current usage data of a key, regardless of the period.
    record CurrentUsage(KeyUse use, @Nullable Instant refusedOftenAt, List<SeenNetwork> networks) {}

    /// A network that a key was used from.
    ///
    /// @param network a /24 of IPv4, a /48 of IPv6
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    record SeenNetwork(String network, Instant firstSeenAt, Instant lastSeenAt) {}

    /// @param success 2xx and 3xx
    /// @param refused 4xx
    /// @param failed 5xx, and requests whose client disconnected before the response
    @RegisterForReflection
    record Totals(long requests, long success, long refused, long failed) {

        static final Totals NONE = new Totals(0, 0, 0, 0);

        Totals plus(String outcome, long more) {
            return switch (outcome) {
                case "success" -> new Totals(requests + more, success + more, refused, failed);
                case "refused" -> new Totals(requests + more, success, refused + more, failed);
                default -> new Totals(requests + more, success, refused, failed + more);
            };
        }
    }

    @RegisterForReflection
    record EndpointTotals(String endpoint, long requests, long success, long refused, long failed) {

        EndpointTotals(String endpoint, Totals totals) {
            this(endpoint, totals.requests(), totals.success(), totals.refused(), totals.failed());
        }
    }

    /// @param problem the name of the problem; null if there was none
    @RegisterForReflection
    record Refusal(@Nullable String problem, long requests) {}

    @RegisterForReflection
    record Bucket(
            Instant start,
            String endpoint,
            long requests,
            long success,
            long refused,
            long failed) {

        Bucket(Instant start, String endpoint, Totals totals) {
            this(
                    start,
                    endpoint,
                    totals.requests(),
                    totals.success(),
                    totals.refused(),
                    totals.failed());
        }
    }
}

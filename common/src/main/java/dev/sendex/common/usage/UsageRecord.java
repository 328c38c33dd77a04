package dev.sendex.common.usage;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The usage of a key that one instance of a service has counted since its last flush.
///
/// @param id the same if the record is sent again, so that it is counted once
/// @param countedAt the time of the flush, which determines the hour of the counts
/// @param lastUsedIp the address of the last request, without a zone; absent if unknown
/// @param networks the clients' networks, as CIDR blocks: /24 of IPv4, /48 of IPv6; at most 16
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record UsageRecord(
        @JsonProperty("id") UUID id,
        @JsonProperty("key_id") UUID keyId,
        @JsonProperty("account_id") UUID accountId,
        @JsonProperty("counted_at") Instant countedAt,
        @JsonProperty("counts") List<Count> counts,
        @JsonProperty("last_used_at") Instant lastUsedAt,
        @JsonProperty("last_used_ip") @Nullable String lastUsedIp,
        @JsonProperty("networks") List<String> networks) {

    private static final int MAX_COUNTS = 10_000;
    private static final int MAX_NETWORKS = 16;

    /// Requests to one endpoint with the same outcome.
    ///
    /// @param endpoint `METHOD /path/template`, or `other`
    /// @param problem the name of the problem in the response; absent if there was none
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Count(
            @JsonProperty("endpoint") String endpoint,
            @JsonProperty("outcome") Outcome outcome,
            @JsonProperty("problem") @Nullable String problem,
            @JsonProperty("requests") long requests) {

        private static final int MAX_LENGTH = 200;

        public Count {
            Objects.requireNonNull(outcome, "outcome");
            if (endpoint.isEmpty() || endpoint.length() > MAX_LENGTH) {
                throw new IllegalArgumentException("endpoint is empty or too long");
            }
            if (problem != null && (problem.isEmpty() || problem.length() > MAX_LENGTH)) {
                throw new IllegalArgumentException("problem is empty or too long");
            }
            if (requests < 1) {
                throw new IllegalArgumentException("requests must be positive");
            }
        }
    }

    public UsageRecord {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(keyId, "key_id");
        Objects.requireNonNull(accountId, "account_id");
        Objects.requireNonNull(countedAt, "counted_at");
        Objects.requireNonNull(lastUsedAt, "last_used_at");
        counts = List.copyOf(counts);
        networks = List.copyOf(networks);
        if (counts.isEmpty() || counts.size() > MAX_COUNTS || networks.size() > MAX_NETWORKS) {
            throw new IllegalArgumentException("no counts, or too many counts or networks");
        }
    }
}

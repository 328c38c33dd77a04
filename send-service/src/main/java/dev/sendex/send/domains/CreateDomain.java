package dev.sendex.send.domains;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/// The body of `POST /v1/domains`.
///
/// @param region accepted if it is the one that mail is sent from anyway
/// @param customReturnPath the label below the domain that bounces come back to
@RegisterForReflection
record CreateDomain(
        @Nullable String name,
        @Nullable String region,
        @JsonProperty("custom_return_path") @Nullable String customReturnPath,
        @Nullable String tls,
        @JsonProperty("open_tracking") @Nullable Boolean openTracking,
        @JsonProperty("click_tracking") @Nullable Boolean clickTracking,
        @JsonProperty("tracking_subdomain") @Nullable String trackingSubdomain,
        @Nullable DomainCapabilities capabilities) {

    DomainOptions options() {
        return new DomainOptions(tls, openTracking, clickTracking, trackingSubdomain, capabilities);
    }
}

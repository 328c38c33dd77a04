package dev.sendex.send.domains;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/// The body of `PATCH /v1/domains/{id}`. All domains of a server have the same options: a request
/// may name those that are in force, and is refused for others.
@RegisterForReflection
record DomainOptions(
        @Nullable String tls,
        @JsonProperty("open_tracking") @Nullable Boolean openTracking,
        @JsonProperty("click_tracking") @Nullable Boolean clickTracking,
        @JsonProperty("tracking_subdomain") @Nullable String trackingSubdomain,
        @Nullable DomainCapabilities capabilities) {}

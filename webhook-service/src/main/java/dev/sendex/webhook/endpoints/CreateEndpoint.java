package dev.sendex.webhook.endpoints;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.List;

/// A request for a new endpoint.
///
/// @param endpoint the URL
/// @param events the types to be told of
record CreateEndpoint(
        @NotBlank(message = "is required") String endpoint,
        @NotNull(message = "is required") List<String> events) {}

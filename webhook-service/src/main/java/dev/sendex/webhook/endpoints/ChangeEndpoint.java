package dev.sendex.webhook.endpoints;

import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A change of an endpoint; what is absent stays.
record ChangeEndpoint(
        @Nullable String endpoint,
        @Nullable List<String> events,
        @Pattern(regexp = "enabled|disabled", message = "must be `enabled` or `disabled`")
                @Nullable String status) {}

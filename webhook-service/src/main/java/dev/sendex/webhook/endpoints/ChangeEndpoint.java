package dev.sendex.webhook.endpoints;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A change of an endpoint; what is absent stays. Some SDKs repeat the endpoint's id from the path,
/// which counts as absent.
@JsonIgnoreProperties("webhook_id")
record ChangeEndpoint(
        @Nullable String endpoint,
        @Nullable List<String> events,
        @Pattern(regexp = "enabled|disabled", message = "must be `enabled` or `disabled`")
                @Nullable String status) {}

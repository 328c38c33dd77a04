package dev.sendex.webhook.endpoints;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Optional;

/// Where endpoints may be.
@ConfigMapping(prefix = "sendex.webhooks")
interface EndpointConfig {

    /// Whether plain HTTP to this machine itself is allowed; for the local stack alone.
    @WithDefault("false")
    boolean insecureLoopback();

    /// Internal networks that endpoints may be in.
    Optional<List<String>> allowedRanges();

    /// How many endpoints an account may have.
    @WithDefault("100")
    @Min(1)
    @Max(10_000)
    int limitPerAccount();
}

package dev.sendex.webhook.endpoints;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Optional;

/// Which endpoints are allowed.
@ConfigMapping(prefix = "sendex.webhooks")
interface EndpointConfig {

    /// Whether plain HTTP to loopback addresses is allowed; for the local stack only.
    @WithDefault("false")
    boolean insecureLoopback();

    /// Internal networks in which endpoints are allowed.
    Optional<List<String>> allowedRanges();

    /// The maximum number of endpoints per account.
    @WithDefault("100")
    @Min(1)
    @Max(10_000)
    int limitPerAccount();
}

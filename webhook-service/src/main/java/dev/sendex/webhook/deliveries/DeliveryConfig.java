package dev.sendex.webhook.deliveries;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/// How webhooks are delivered.
@ConfigMapping(prefix = "sendex.webhooks")
interface DeliveryConfig {

    /// How long an endpoint may take to answer.
    @WithDefault("15s")
    @DurationMin(millis = 100)
    @DurationMax(seconds = 30)
    Duration timeout();

    /// How many deliveries are under way at a time.
    @WithDefault("256")
    @Min(1)
    @Max(10_000)
    int concurrency();

    /// How many of those may be to one endpoint.
    @WithDefault("8")
    @Min(1)
    @Max(1_000)
    int concurrencyPerEndpoint();

    /// How often to look for deliveries that nobody announced.
    @WithDefault("1s")
    Duration pollInterval();

    /// How long an instance may be silent about a delivery it took; at least twice as long as a
    /// call may take, so that there is time to record what came of it.
    @WithDefault("60s")
    @DurationMin(seconds = 1)
    Duration lease();

    /// After how many failures in a row an endpoint is left alone for a while.
    @WithDefault("5")
    @Min(1)
    int pauseAfter();

    /// For how long.
    @WithDefault("30s")
    Duration pause();

    /// An endpoint that has failed for so long is disabled.
    @WithDefault("5d")
    Duration disableAfter();

    /// Two instances would make the same attempt if a lease ended while its call is under way.
    default void requireLeaseLongerThanCalls() {
        if (lease().compareTo(timeout().multipliedBy(2)) < 0) {
            throw new IllegalStateException(
                    "sendex.webhooks.lease must be at least twice sendex.webhooks.timeout");
        }
    }
}

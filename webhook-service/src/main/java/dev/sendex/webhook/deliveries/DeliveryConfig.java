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

    /// The timeout of one attempt.
    @WithDefault("15s")
    @DurationMin(millis = 100)
    @DurationMax(seconds = 30)
    Duration timeout();

    /// How many deliveries one instance has in flight at a time.
    @WithDefault("256")
    @Min(1)
    @Max(10_000)
    int concurrency();

    /// How many of those may go to the same endpoint.
    @WithDefault("8")
    @Min(1)
    @Max(1_000)
    int concurrencyPerEndpoint();

    /// How often due deliveries are polled for.
    @WithDefault("1s")
    Duration pollInterval();

    /// How long an instance may keep a delivery that it claimed; at least twice the timeout, so
    /// that there is time to record the result.
    @WithDefault("60s")
    @DurationMin(seconds = 1)
    Duration lease();

    /// The number of consecutive failures after which deliveries to an endpoint are paused.
    @WithDefault("5")
    @Min(1)
    int pauseAfter();

    /// The length of such a pause.
    @WithDefault("30s")
    Duration pause();

    /// How long an endpoint may fail before it is disabled.
    @WithDefault("5d")
    Duration disableAfter();

    /// If a lease expired during the call, another instance would deliver the event as well.
    default void requireLeaseLongerThanCalls() {
        if (lease().compareTo(timeout().multipliedBy(2)) < 0) {
            throw new IllegalStateException(
                    "sendex.webhooks.lease must be at least twice sendex.webhooks.timeout");
        }
    }
}

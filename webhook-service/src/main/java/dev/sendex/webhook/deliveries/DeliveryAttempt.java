package dev.sendex.webhook.deliveries;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A finished attempt.
record DeliveryAttempt(Instant startedAt, Duration latency, Result result) {

    /// The result of an attempt.
    sealed interface Result {

        /// The endpoint answered 2xx.
        record Delivered(int status, String response) implements Result {}

        /// The endpoint answered with any other status.
        ///
        /// @param retryAfter the delay that it asked for, if any
        record Refused(int status, String response, @Nullable Duration retryAfter)
                implements Result {}

        /// The endpoint answered 410: it wants no more webhooks.
        record Gone(String response) implements Result {}

        /// The endpoint did not answer, or its address is not allowed.
        record Failed(String error) implements Result {}
    }
}

package dev.sendex.webhook.deliveries;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What came of an attempt.
record DeliveryAttempt(Instant startedAt, Duration latency, Result result) {

    /// How the endpoint reacted.
    sealed interface Result {

        /// Any 2xx.
        record Delivered(int status, String response) implements Result {}

        /// Anything else that it said.
        ///
        /// @param retryAfter what it asked for, if anything
        record Refused(int status, String response, @Nullable Duration retryAfter)
                implements Result {}

        /// 410: it will never want to hear of us again.
        record Gone(String response) implements Result {}

        /// Nothing was said, or nobody may be asked.
        record Failed(String error) implements Result {}
    }
}

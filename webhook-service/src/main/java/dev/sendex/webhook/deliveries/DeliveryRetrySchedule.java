package dev.sendex.webhook.deliveries;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// When a failed delivery is retried: after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h. Up to 20 %
/// of jitter is added, so that deliveries that failed together are not retried together. A longer
/// `Retry-After` is respected, up to a day.
final class DeliveryRetrySchedule {

    private static final List<Duration> DELAYS =
            List.of(
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(30),
                    Duration.ofHours(2),
                    Duration.ofHours(5),
                    Duration.ofHours(10),
                    Duration.ofHours(10));
    private static final Duration MAX_RETRY_AFTER = Duration.ofDays(1);
    private static final double JITTER = 0.2;

    private DeliveryRetrySchedule() {}

    /// The delay after this attempt, or null if it was the last.
    ///
    /// @param attempt the number of the failed attempt, counted from 1
    /// @param retryAfter the value of `Retry-After`, if any
    static @Nullable Duration after(
            int attempt, @Nullable Duration retryAfter, RandomGenerator random) {
        if (attempt > DELAYS.size()) {
            return null;
        }
        Duration delay = DELAYS.get(attempt - 1);
        long jitter = (long) (delay.toMillis() * JITTER * random.nextDouble());
        Duration planned = delay.plusMillis(jitter);
        if (retryAfter == null || retryAfter.compareTo(planned) <= 0) {
            return planned;
        }
        return retryAfter.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : retryAfter;
    }
}

package dev.sendex.webhook.deliveries;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// When a delivery that failed is tried again: after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h,
/// each up to a fifth longer, so that what failed together does not come back together. Where the
/// endpoint asks for more time it gets it, up to a day.
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
    private static final Duration MAX_ASKED_FOR = Duration.ofDays(1);
    private static final double JITTER = 0.2;

    private DeliveryRetrySchedule() {}

    /// The pause after this attempt, or null where it was the last.
    ///
    /// @param attempt the number of the attempt that failed, from 1 on
    /// @param askedFor what `Retry-After` said, if anything
    static @Nullable Duration after(
            int attempt, @Nullable Duration askedFor, RandomGenerator random) {
        if (attempt > DELAYS.size()) {
            return null;
        }
        Duration delay = DELAYS.get(attempt - 1);
        long jitter = (long) (delay.toMillis() * JITTER * random.nextDouble());
        Duration planned = delay.plusMillis(jitter);
        if (askedFor == null || askedFor.compareTo(planned) <= 0) {
            return planned;
        }
        return askedFor.compareTo(MAX_ASKED_FOR) > 0 ? MAX_ASKED_FOR : askedFor;
    }
}

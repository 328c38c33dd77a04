package dev.sendex.send.dispatch;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// When to try again: after a pause that doubles, give or take a fifth, so that what failed
/// together does not come back together.
record RetrySchedule(Duration first, Duration longest) {

    private static final int MAX_DOUBLING = 30;
    private static final double JITTER = 0.2;

    /// The pause after this many failed tries, counted from 1.
    Duration after(int attempts, RandomGenerator random) {
        long factor = 1L << Math.clamp(attempts - 1L, 0, MAX_DOUBLING);
        double millis = Math.min((double) longest.toMillis(), (double) first.toMillis() * factor);
        double jitter = 1 - JITTER + 2 * JITTER * random.nextDouble();
        return Duration.ofMillis(Math.round(millis * jitter));
    }
}

package dev.sendex.send.dispatch;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Exponential back-off with 20 % jitter, so that emails that failed together are not retried
/// together.
record RetrySchedule(Duration first, Duration longest) {

    private static final int MAX_DOUBLING = 30;
    private static final double JITTER = 0.2;

    /// The delay after the given number of failed attempts, counted from 1.
    Duration after(int attempts, RandomGenerator random) {
        long factor = 1L << Math.clamp(attempts - 1L, 0, MAX_DOUBLING);
        double millis = Math.min((double) longest.toMillis(), (double) first.toMillis() * factor);
        double jitter = 1 - JITTER + 2 * JITTER * random.nextDouble();
        return Duration.ofMillis(Math.round(millis * jitter));
    }
}

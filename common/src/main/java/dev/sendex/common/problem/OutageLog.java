package dev.sendex.common.problem;

import io.quarkus.logging.Log;
import java.time.Duration;

/// Logs database failures, but not one line per request.
final class OutageLog {

    private static final long INTERVAL = Duration.ofSeconds(30).toNanos();

    private long failures;
    private long lastLoggedAt = System.nanoTime() - INTERVAL;

    /// Logs the first failure, and then every 30 seconds how many there were.
    synchronized void failed(Throwable failure) {
        failures++;
        long now = System.nanoTime();
        if (now - lastLoggedAt >= INTERVAL) {
            lastLoggedAt = now;
            Log.errorf("database requests failed failures=%d cause=%s", failures, failure);
            failures = 0;
        }
    }
}

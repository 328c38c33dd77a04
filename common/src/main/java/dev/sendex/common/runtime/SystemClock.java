package dev.sendex.common.runtime;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/// The system clock. It ticks in microseconds, like PostgreSQL, so that a time read from the
/// database equals the time written.
class SystemClock {

    private static final Duration TICK = Duration.ofNanos(1_000);

    @Produces
    @Singleton
    @DefaultBean
    Clock clock() {
        return Clock.tick(Clock.systemUTC(), TICK);
    }
}

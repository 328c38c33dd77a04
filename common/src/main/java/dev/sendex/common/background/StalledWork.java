package dev.sendex.common.background;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.logging.Log;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/// Background work whose retries keep failing: consumers by their topic, and the outbox.
///
/// It is logged once as a warning, once as an error if it lasts, and once when it resumes.
/// Meanwhile the gauge `sendex.stalled.seconds` shows for how long, and readiness has it in its
/// data. Readiness stays up: work that is stalled here would be stalled in every replica, and
/// requests can still be served.
@Singleton
@Default
@Readiness
public class StalledWork implements HealthCheck {

    /// @param cause a class name, since messages may contain private data
    private record Stall(Instant since, String cause, boolean escalated) {}

    private final Map<String, Stall> stalls = new ConcurrentHashMap<>();
    private final Set<String> measured = ConcurrentHashMap.newKeySet();
    private final RetryConfig config;
    private final MeterRegistry metrics;
    private final Clock clock;

    StalledWork(RetryConfig config, MeterRegistry metrics, Clock clock) {
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
    }

    /// Records a failed attempt that will be retried.
    public void failed(String work, Throwable cause) {
        stalls.compute(work, (_, stall) -> next(work, stall, cause));
        metrics.counter("sendex.retries", "work", work).increment();
    }

    private Stall next(String work, @Nullable Stall stall, Throwable cause) {
        String kind = cause.getClass().getSimpleName();
        if (stall == null) {
            Log.warnf("work failed, will be retried work=%s cause=%s", work, cause.toString());
            if (measured.add(work)) {
                measure(work);
            }
            return new Stall(clock.instant(), kind, false);
        }
        boolean lasts = duration(stall).compareTo(config.escalateAfter()) >= 0;
        if (lasts && !stall.escalated()) {
            Log.errorf(
                    "work is stalled, retries keep failing work=%s since=%s cause=%s",
                    work, stall.since(), cause.toString());
        }
        return new Stall(stall.since(), kind, lasts || stall.escalated());
    }

    private void measure(String work) {
        metrics.gauge(
                "sendex.stalled.seconds",
                Tags.of("work", work),
                this,
                stalled -> stalled.duration(work).toSeconds());
    }

    /// Records a successful attempt.
    public void succeeded(String work) {
        Stall stall = stalls.remove(work);
        if (stall != null) {
            Log.infof("work resumed work=%s stalled_for=%s", work, duration(stall));
        }
    }

    /// Whether this work has failed for so long that records without a temporary reason go to the
    /// dead-letter topic.
    public boolean hasFailedTooLong(String work) {
        return duration(work).compareTo(config.giveUpAfter()) >= 0;
    }

    private Duration duration(String work) {
        Stall stall = stalls.get(work);
        return stall == null ? Duration.ZERO : duration(stall);
    }

    private Duration duration(Stall stall) {
        return Duration.between(stall.since(), clock.instant());
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("background-work").up();
        stalls.forEach((work, stall) ->
                response.withData(
                        work, "failing since %s: %s".formatted(stall.since(), stall.cause())));
        return response.build();
    }
}

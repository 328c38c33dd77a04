package dev.sendex.common.background;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// Creates [StalledWork] with the default settings and a clock that tests move.
public final class StalledWorkFixture {

    public static final Duration ESCALATE_AFTER = Duration.ofMinutes(1);
    public static final Duration GIVE_UP_AFTER = Duration.ofMinutes(5);

    private final MovedClock clock = new MovedClock(Instant.parse("2026-03-01T12:00:00Z"));

    public StalledWork stalledWork(MeterRegistry metrics) {
        return new StalledWork(config(), metrics, clock);
    }

    public void advance(Duration time) {
        clock.now = clock.now.plus(time);
    }

    private static RetryConfig config() {
        return new SmallRyeConfigBuilder()
                .withMapping(RetryConfig.class)
                .withConverter(Duration.class, 200, DurationConverter::parseDuration)
                .build()
                .getConfigMapping(RetryConfig.class);
    }

    private static final class MovedClock extends Clock {

        private volatile Instant now;

        MovedClock(Instant start) {
            now = start;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}

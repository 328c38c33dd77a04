package dev.sendex.common.background;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StalledWorkTest {

    private final StalledWorkFixture fixture = new StalledWorkFixture();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final StalledWork stalled = fixture.stalledWork(metrics);
    private final LogRecorder log = new LogRecorder(StalledWork.class);

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void repeated_failures_are_logged_as_one_warning_and_one_error_and_reported_in_health() {
        fail();
        fail();
        fixture.advance(StalledWorkFixture.ESCALATE_AFTER);
        fail();
        fail();

        HealthCheckResponse stalledHealth = stalled.call();
        assertThat(stalledHealth.getStatus()).isEqualTo(Status.UP);
        assertThat(stalledHealth.getData().orElseThrow())
                .containsExactly(
                        Map.entry(
                                "outbox", "failing since 2026-03-01T12:00:00Z: ConnectException"));
        assertThat(seconds()).isEqualTo(60);
        assertThat(log.levels()).containsExactly("WARN", "ERROR");

        stalled.succeeded("outbox");
        stalled.succeeded("outbox");

        assertThat(stalled.call().getData()).isEmpty();
        assertThat(seconds()).isZero();
        assertThat(log.levels()).containsExactly("WARN", "ERROR", "INFO");
    }

    @Test
    void a_success_resets_the_duration() {
        fail();
        fixture.advance(StalledWorkFixture.GIVE_UP_AFTER);
        assertThat(stalled.hasFailedTooLong("outbox")).isTrue();
        assertThat(stalled.hasFailedTooLong("ses.events")).isFalse();

        stalled.succeeded("outbox");
        fail();
        fixture.advance(StalledWorkFixture.GIVE_UP_AFTER.minus(Duration.ofMillis(1)));

        assertThat(stalled.hasFailedTooLong("outbox")).isFalse();
    }

    private void fail() {
        stalled.failed("outbox", new ConnectException("127.0.0.1:1"));
    }

    private double seconds() {
        return metrics.get("sendex.stalled.seconds").tag("work", "outbox").gauge().value();
    }
}

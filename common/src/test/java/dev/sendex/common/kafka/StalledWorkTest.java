package dev.sendex.common.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StalledWorkTest {

    private final KafkaFixture fixture = new KafkaFixture();
    private final StalledWork stalled = fixture.stalledWork();
    private final LogRecorder log = new LogRecorder(StalledWork.class);

    @AfterEach
    void close() {
        log.close();
        fixture.close();
    }

    @Test
    void what_keeps_failing_is_a_warning_then_one_error_and_stands_in_health_until_it_is_over() {
        fail();
        fail();
        fixture.advance(KafkaFixture.ESCALATE_AFTER);
        fail();
        fail();

        HealthCheckResponse lasting = stalled.call();
        assertThat(lasting.getStatus()).isEqualTo(Status.UP);
        assertThat(lasting.getData().orElseThrow())
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
    void what_begins_to_fail_again_is_new() {
        fail();
        fixture.advance(KafkaFixture.GIVE_UP_AFTER);
        assertThat(stalled.hasFailedTooLong("outbox")).isTrue();
        assertThat(stalled.hasFailedTooLong("ses.events")).isFalse();

        stalled.succeeded("outbox");
        fail();
        fixture.advance(KafkaFixture.GIVE_UP_AFTER.minus(Duration.ofMillis(1)));

        assertThat(stalled.hasFailedTooLong("outbox")).isFalse();
    }

    private void fail() {
        stalled.failed("outbox", new ConnectException("127.0.0.1:1"));
    }

    private double seconds() {
        return fixture.metrics.get("sendex.stalled.seconds").tag("work", "outbox").gauge().value();
    }
}

package dev.sendex.common.introspection.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PushReadinessTest {

    private final IntrospectionFixture fixture = new IntrospectionFixture(Map.of());
    private final PushReadiness readiness = new PushReadiness(fixture.push, fixture.config);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void without_kafka_the_instance_stays_ready_and_reports_the_longer_delay() {
        fixture.reportPushComplete();
        fixture.time.advance(Duration.ofSeconds(7));

        HealthCheckResponse response = readiness.call();

        assertThat(response.getStatus()).isEqualTo(Status.UP);
        assertThat(response.getData().orElseThrow())
                .containsEntry("arriving", false)
                .containsEntry("revoked_within", "PT30S")
                .containsEntry("behind_ms", 7_000L);
    }

    @Test
    void it_is_ready_before_kafka_was_ever_reached() {
        HealthCheckResponse response = readiness.call();

        assertThat(response.getStatus()).isEqualTo(Status.UP);
        assertThat(response.getData().orElseThrow()).containsEntry("arriving", false);
    }
}

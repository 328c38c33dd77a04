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
    void without_kafka_the_instance_stays_in_service_and_says_what_that_costs() {
        fixture.pushIsHealthy();
        fixture.time.advance(Duration.ofSeconds(7));

        HealthCheckResponse response = readiness.call();

        assertThat(response.getStatus()).isEqualTo(Status.UP);
        assertThat(response.getData().orElseThrow())
                .containsEntry("arriving", false)
                .containsEntry("revoked_within", "PT30S")
                .containsEntry("behind_ms", 7_000L);
    }

    @Test
    void before_kafka_was_ever_reached_it_is_the_same() {
        HealthCheckResponse response = readiness.call();

        assertThat(response.getStatus()).isEqualTo(Status.UP);
        assertThat(response.getData().orElseThrow()).containsEntry("arriving", false);
    }
}

package dev.sendex.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sendex.fixture.AbsentKafkaResource;
import dev.sendex.fixture.IntrospectionResource;
import dev.sendex.fixture.PostgresResource;
import dev.sendex.webhook.ingest.SnsResource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.health.SmallRyeHealthReporter;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(KafkaAwayTest.WithoutKafka.class)
class KafkaAwayTest {

    private static final int MAX_SILENCE_MILLIS = 10_000;

    @Inject SmallRyeHealthReporter health;
    @Inject MeterRegistry metrics;
    @Inject KafkaClientService clients;

    @Test
    void without_kafka_the_service_is_started_live_and_ready_and_reports_that_it_is_degraded() {
        await().untilAsserted(() ->
                assertThat(String.valueOf(health.getReadiness().getPayload()))
                        .contains("\"name\":\"kafka\"")
                        .contains("\"connected\":false"));
        assertThat(health.getStartup().isDown()).isFalse();
        assertThat(health.getReadiness().isDown()).isFalse();
        assertThat(health.getLiveness().isDown()).isFalse();
        assertThat(metrics.get("sendex.kafka.connected").gauge().value()).isZero();
    }

    @Test
    void the_partitions_of_a_crashed_consumer_are_reassigned_within_ten_seconds() {
        assertThat(clients.getConsumerChannels()).isNotEmpty();
        for (String channel : clients.getConsumerChannels()) {
            Map<String, ?> settings = clients.getConsumer(channel).configuration();
            int session = millis(settings, "session.timeout.ms");
            int heartbeat = millis(settings, "heartbeat.interval.ms");
            assertThat(session).isLessThan(MAX_SILENCE_MILLIS).isGreaterThan(3 * heartbeat);
        }
    }

    private static int millis(Map<String, ?> settings, String name) {
        return Integer.parseInt(String.valueOf(settings.get(name)));
    }

    public static class WithoutKafka implements QuarkusTestProfile {

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(
                    new TestResourceEntry(
                            PostgresResource.class,
                            Map.of("database", "sendex_webhooks", "schema", "webhook")),
                    new TestResourceEntry(IntrospectionResource.class),
                    new TestResourceEntry(SnsResource.class),
                    new TestResourceEntry(AbsentKafkaResource.class));
        }
    }
}

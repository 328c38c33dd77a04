package dev.sendex.common.outbox;

import static dev.sendex.common.kafka.KafkaFixture.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sendex.common.background.StalledWork;
import dev.sendex.common.background.StalledWorkFixture;
import dev.sendex.common.kafka.KafkaFixture;
import dev.sendex.common.kafka.KafkaPublisher;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxRelayTest {

    private static final int MESSAGES = 200;

    private final KafkaFixture fixture = new KafkaFixture();
    private final StalledWork stalled = new StalledWorkFixture().stalledWork(fixture.metrics);
    private final String key = KafkaFixture.aKey();

    @BeforeEach
    void create() {
        fixture.sql(
                """
                create table outbox (
                    position bigint generated always as identity constraint outbox_pk primary key,
                    topic text not null,
                    message_key text not null,
                    payload text not null,
                    created_at timestamptz not null default now()
                )
                """);
    }

    @AfterEach
    void close() {
        fixture.sql("drop table outbox");
        fixture.close();
    }

    @Test
    void without_kafka_messages_are_kept_and_later_published_in_order() {
        write(MESSAGES);
        relay(fixture.withoutKafka()).wake();
        await().until(() -> stalled.call().getData().isPresent());
        assertThat(stalled.call().getData().orElseThrow()).containsOnlyKeys("outbox");
        assertThat(waiting()).isEqualTo(MESSAGES);
        assertThat(fixture.recordsOf("sendex.events", key)).isEmpty();

        relay(fixture.kafka).wake();

        await().until(() -> waiting() == 0);
        assertThat(fixture.valuesOf("sendex.events", key)).isEqualTo(numbers(MESSAGES));
        await().until(() -> stalled.call().getData().isEmpty());
    }

    @Test
    void two_relays_publish_each_message_once_and_in_order() {
        write(MESSAGES);
        OutboxRelay one = relay(fixture.kafka);
        OutboxRelay other = relay(fixture.kafka);

        one.wake();
        other.wake();
        await().until(() -> {
            one.wake();
            other.wake();
            return waiting() == 0;
        });

        assertThat(fixture.valuesOf("sendex.events", key)).isEqualTo(numbers(MESSAGES));
    }

    @Test
    void a_message_that_kafka_refuses_is_dead_lettered_and_does_not_block_the_others() {
        write(1);
        fixture.sql(
                """
                insert into outbox (topic, message_key, payload)
                values ('sendex.audit', '%s', repeat('x', 2000000))
                """
                        .formatted(key));
        write(1);

        relay(fixture.kafka).wake();

        await().until(() -> waiting() == 0);
        assertThat(fixture.valuesOf("sendex.events", key)).containsExactly("0", "0");
        assertThat(fixture.recordsOf("sendex.audit.dlq", key))
                .singleElement()
                .satisfies(letter -> {
                    assertThat(header(letter, "dead-letter-reason"))
                            .isEqualTo("cannot be published: RecordTooLargeException");
                    assertThat(header(letter, "dead-letter-original-size")).isEqualTo("2000036");
                });
    }

    /// If each message waited for the whole timeout after the previous one, the last would fail
    /// after a minute.
    @Test
    void without_kafka_queued_messages_time_out_together() {
        KafkaPublisher unreachable = fixture.withoutKafka();
        List<Uni<String>> outcomes =
                IntStream.range(0, MESSAGES)
                        .mapToObj(i ->
                                unreachable
                                        .publish(
                                                new ProducerRecord<>(
                                                        "sendex.events", key, new byte[0]))
                                        .map(_ -> "published")
                                        .onFailure()
                                        .recoverWithItem("failed"))
                        .toList();

        List<String> all =
                Uni.join()
                        .all(outcomes)
                        .andCollectFailures()
                        .await()
                        .atMost(Duration.ofSeconds(20));

        assertThat(all).hasSize(MESSAGES).containsOnly("failed");
    }

    private void write(int messages) {
        List<OutboxMessage> all =
                numbers(messages).stream()
                        .map(number -> new OutboxMessage("sendex.events", key, number))
                        .toList();
        fixture.pool
                .withTransaction(transaction -> OutboxMessage.addAll(transaction, all))
                .await()
                .indefinitely();
    }

    private static List<String> numbers(int messages) {
        return IntStream.range(0, messages).mapToObj(Integer::toString).toList();
    }

    private long waiting() {
        return fixture.sql("select count(*) from outbox").getFirst().getLong(0);
    }

    private OutboxRelay relay(KafkaPublisher kafka) {
        return new OutboxRelay(
                outboxConfig(),
                fixture.vertx.getDelegate(),
                fixture.pool,
                kafka,
                fixture.deadLetters(),
                stalled,
                fixture.metrics);
    }

    private static OutboxConfig outboxConfig() {
        return new SmallRyeConfigBuilder()
                .withMapping(OutboxConfig.class)
                .withConverter(Duration.class, 200, DurationConverter::parseDuration)
                .withDefaultValue("sendex.outbox.batch-size", "30")
                .build()
                .getConfigMapping(OutboxConfig.class);
    }
}

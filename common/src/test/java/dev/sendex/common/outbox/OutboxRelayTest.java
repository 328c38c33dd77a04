package dev.sendex.common.outbox;

import static dev.sendex.common.kafka.KafkaFixture.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sendex.common.background.StalledWork;
import dev.sendex.common.background.StalledWorkFixture;
import dev.sendex.common.kafka.DeadLetters;
import dev.sendex.common.kafka.KafkaFixture;
import dev.sendex.common.kafka.KafkaPublisher;
import dev.sendex.local.backing.LocalKafka;
import dev.sendex.local.process.Ports;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxRelayTest {

    private static final int MESSAGES = 200;
    private static final int BATCH_SIZE = 30;

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
    void messages_wait_while_kafka_is_down_and_are_published_in_order_when_it_is_back(
            @TempDir Path directory) throws IOException {
        LocalKafka broker = broker(directory, Ports.free());
        try (broker;
                KafkaFixture own = new KafkaFixture(broker.bootstrapServers())) {
            OutboxRelay relay = relay(own.impatientPublisher());
            write(3);
            relay.wake();
            await().until(() -> waiting() == 0);

            broker.close();
            write(MESSAGES);
            relay.wake();
            await().until(() -> stalled.call().getData().isPresent());
            assertThat(stalled.call().getData().orElseThrow()).containsOnlyKeys("outbox");
            assertThat(waiting()).isEqualTo(MESSAGES);

            try (LocalKafka _ = broker(directory, broker.port())) {
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> {
                            relay.wake();
                            return waiting() == 0;
                        });
                assertThat(own.valuesOf("sendex.events", key).stream().distinct())
                        .isEqualTo(numbers(MESSAGES));
                await().until(() -> stalled.call().getData().isEmpty());
            }
        }
    }

    private static LocalKafka broker(Path directory, int port) throws IOException {
        return LocalKafka.start(directory.resolve("data"), directory.resolve("kafka.log"), port);
    }

    @Test
    void two_relays_publish_each_message_once_and_in_the_order_of_its_key() {
        List<String> keys = Stream.generate(KafkaFixture::aKey).limit(5).toList();
        List<OutboxRelay> relays = List.of(relay(fixture.kafka), relay(fixture.publisher()));

        for (int from = 0; from < MESSAGES; from += 50) {
            write(keys, from, from + 50);
            relays.forEach(OutboxRelay::wake);
        }
        await().until(() -> {
            relays.forEach(OutboxRelay::wake);
            return waiting() == 0;
        });

        for (String each : keys) {
            assertThat(fixture.valuesOf("sendex.events", each)).isEqualTo(numbers(MESSAGES));
        }
    }

    /// As if the relay died between Kafka's acknowledgement and the commit.
    @Test
    void messages_that_were_published_but_not_removed_are_published_again_in_order() {
        fixture.sql(
                """
                create function refuse() returns trigger language plpgsql
                as $$ begin raise exception 'not now'; end $$
                """);
        fixture.sql(
                """
                create trigger refuse before delete on outbox
                for each statement execute function refuse()
                """);
        write(MESSAGES);
        OutboxRelay relay = relay(fixture.kafka);
        relay.wake();
        await().until(() -> stalled.call().getData().isPresent());
        assertThat(waiting()).isEqualTo(MESSAGES);

        fixture.sql("drop function refuse cascade");
        relay(fixture.publisher()).wake();
        await().until(() -> waiting() == 0);

        List<String> published = fixture.valuesOf("sendex.events", key);
        assertThat(published.subList(0, BATCH_SIZE)).isEqualTo(numbers(BATCH_SIZE));
        assertThat(published.subList(BATCH_SIZE, published.size())).isEqualTo(numbers(MESSAGES));
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

    @Test
    void without_its_dead_letter_topic_a_message_waits_and_stops_no_other() throws Exception {
        String topic = "topic-" + key;
        fixture.createTopic(topic);
        OutboxRelay relay = relay(fixture.kafka, fixture.impatientDeadLetters());
        fixture.sql(
                """
                insert into outbox (topic, message_key, payload)
                values ('%s', '%s', repeat('x', 2000000))
                """
                        .formatted(topic, key));
        write(List.of(key), 0, 3);
        relay.wake();
        await().until(() -> waiting() == 1);
        assertThat(stalled.call().getData().orElseThrow()).containsOnlyKeys(topic + ".dlq");

        write(List.of(key), 3, 6);
        relay.wake();
        await().until(() -> waiting() == 1);
        assertThat(fixture.valuesOf("sendex.events", key)).isEqualTo(numbers(6));

        fixture.createTopic(topic + ".dlq");
        await().until(() -> {
            relay.wake();
            return waiting() == 0;
        });
        assertThat(fixture.recordsOf(topic + ".dlq", key)).hasSize(1);
        assertThat(fixture.valuesOf("sendex.events", key)).isEqualTo(numbers(6));
        assertThat(stalled.call().getData()).isEmpty();
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
        write(List.of(key), 0, messages);
    }

    private void write(List<String> keys, int from, int to) {
        fixture.sql(
                """
                insert into outbox (topic, message_key, payload)
                select 'sendex.events', key, series.number::text
                from generate_series(%d, %d) as series (number),
                    unnest(string_to_array('%s', ',')) as key
                order by series.number
                """
                        .formatted(from, to - 1, String.join(",", keys)));
    }

    private static List<String> numbers(int messages) {
        return IntStream.range(0, messages).mapToObj(Integer::toString).toList();
    }

    private long waiting() {
        return fixture.sql("select count(*) from outbox").getFirst().getLong(0);
    }

    private OutboxRelay relay(KafkaPublisher kafka) {
        return relay(kafka, fixture.deadLetters());
    }

    private OutboxRelay relay(KafkaPublisher kafka, DeadLetters deadLetters) {
        return new OutboxRelay(
                outboxConfig(),
                fixture.vertx.getDelegate(),
                fixture.pool,
                kafka,
                deadLetters,
                stalled,
                fixture.metrics);
    }

    private static OutboxConfig outboxConfig() {
        return new SmallRyeConfigBuilder()
                .withMapping(OutboxConfig.class)
                .withConverter(Duration.class, 200, DurationConverter::parseDuration)
                .withDefaultValue("sendex.outbox.batch-size", Integer.toString(BATCH_SIZE))
                .build()
                .getConfigMapping(OutboxConfig.class);
    }
}

package dev.sendex.common.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sendex.fixture.KafkaResource;
import dev.sendex.fixture.PostgresResource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// A real broker and a real database.
public final class KafkaFixture implements AutoCloseable {

    public final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    public final Vertx vertx = Vertx.vertx();
    public final Pool pool;
    public final KafkaPublisher kafka;

    private final List<KafkaPublisher> publishers = new ArrayList<>();
    private final Map<String, Object> brokers;

    public KafkaFixture() {
        this(new KafkaResource().start().get("kafka.bootstrap.servers"));
    }

    /// With a broker that the test starts and stops.
    public KafkaFixture(String bootstrapServers) {
        Map<String, String> database = new PostgresResource().start();
        pool =
                PgBuilder.pool()
                        .connectingTo(
                                PgConnectOptions.fromUri(
                                                database.get("quarkus.datasource.reactive.url"))
                                        .setUser(database.get("quarkus.datasource.username"))
                                        .setPassword(database.get("quarkus.datasource.password")))
                        .using(vertx)
                        .build();
        brokers = new HashMap<>();
        brokers.put("bootstrap.servers", bootstrapServers);
        kafka = publisher();
    }

    /// Another publisher, as another instance of the service has.
    public KafkaPublisher publisher() {
        return opened(new KafkaPublisher(brokers, Duration.ofSeconds(10)));
    }

    /// A publisher that gives up soon.
    public KafkaPublisher impatientPublisher() {
        return opened(new KafkaPublisher(brokers, Duration.ofSeconds(2)));
    }

    /// A publisher whose brokers are unreachable.
    public KafkaPublisher withoutKafka() {
        return opened(
                new KafkaPublisher(
                        Map.of("bootstrap.servers", "127.0.0.1:1"), Duration.ofMillis(300)));
    }

    private KafkaPublisher opened(KafkaPublisher publisher) {
        publishers.add(publisher);
        return publisher;
    }

    /// Gives up soon if the topic is missing.
    public DeadLetters impatientDeadLetters() {
        return new DeadLetters(impatientPublisher(), metrics, "test-service");
    }

    public void createTopic(String name) throws Exception {
        try (Admin admin = Admin.create(brokers)) {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
        }
    }

    public DeadLetters deadLetters() {
        return new DeadLetters(kafka, metrics, "test-service");
    }

    public List<Row> sql(String statement) {
        return pool.query(statement)
                .execute()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList())
                .await()
                .indefinitely();
    }

    /// All records with this key on the topic up to its current end.
    public List<ConsumerRecord<String, byte[]>> recordsOf(String topic, String key) {
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        brokers, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records.stream().filter(record -> key.equals(record.key())).toList();
        }
    }

    public List<String> valuesOf(String topic, String key) {
        return recordsOf(topic, key).stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    public static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "absent" : new String(header.value(), UTF_8);
    }

    public static String aKey() {
        return UUID.randomUUID().toString();
    }

    @Override
    public void close() {
        publishers.forEach(KafkaFixture::close);
        pool.close().await().indefinitely();
        vertx.close().await().indefinitely();
    }

    private static void close(KafkaPublisher publisher) {
        try {
            publisher.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.sendex.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;

/// A Kafka client for tests. Reads a topic from its current end.
public final class KafkaClient implements AutoCloseable {

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<ConsumerRecord<String, byte[]>> seen = new ArrayList<>();

    private KafkaClient(String topic) {
        consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", servers()),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        Collection<PartitionInfo> partitions = consumer.partitionsFor(topic);
        consumer.assign(
                partitions.stream().map(p -> new TopicPartition(topic, p.partition())).toList());
        consumer.seekToEnd(consumer.assignment());
        consumer.assignment().forEach(consumer::position);
    }

    public static KafkaClient following(String topic) {
        return new KafkaClient(topic);
    }

    /// Returns once Kafka has stored the record.
    public static void publish(String topic, String value) {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", servers()),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            producer.send(
                            new ProducerRecord<>(
                                    topic, UUID.randomUUID().toString(), value.getBytes(UTF_8)))
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The records read so far.
    public Stream<ConsumerRecord<String, byte[]>> records() {
        consumer.poll(Duration.ofMillis(100)).forEach(seen::add);
        return seen.stream();
    }

    /// The values read so far, as text.
    public Stream<String> values() {
        return records().map(record -> new String(record.value(), UTF_8));
    }

    @Override
    public void close() {
        consumer.close();
    }

    private static String servers() {
        return ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
    }
}

package dev.sendex.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;

/// The records on a topic, from its beginning. Can also publish records.
public final class Topic implements AutoCloseable {

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();

    public Topic(String name) {
        consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", brokers()),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                consumer.partitionsFor(name).stream()
                        .map(info -> new TopicPartition(name, info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    public static void put(String topic, String key, String value) {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", brokers()),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value.getBytes(UTF_8))).get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    public List<ConsumerRecord<String, byte[]>> recordsOf(String key) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
        return records.stream().filter(record -> key.equals(record.key())).toList();
    }

    /// The events of this type about this key.
    public List<JsonPath> events(String accountId, String type, String keyId) {
        return recordsOf(accountId).stream()
                .map(record -> new JsonPath(new String(record.value(), UTF_8)))
                .filter(event -> type.equals(event.getString("type")))
                .filter(event -> keyId.equals(event.getString("data.id")))
                .toList();
    }

    private static String brokers() {
        return ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
    }

    @Override
    public void close() {
        consumer.close();
    }
}

package dev.sendex.common.usage;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendex.common.kafka.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.ConfigProvider;

/// The records on the topic `sendex.usage`, from its beginning.
final class UsageTopic implements AutoCloseable {

    private final ObjectMapper json;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<ConsumerRecord<String, byte[]>> seen = new ArrayList<>();

    UsageTopic(ObjectMapper json) {
        this.json = json;
        String brokers =
                ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
        consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", brokers),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                consumer.partitionsFor(Topics.USAGE).stream()
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    List<UsageRecord> of(UUID keyId) {
        consumer.poll(Duration.ofMillis(100)).forEach(seen::add);
        return seen.stream()
                .filter(record -> keyId.toString().equals(record.key()))
                .map(this::read)
                .toList();
    }

    private UsageRecord read(ConsumerRecord<String, byte[]> record) {
        try {
            return json.readValue(record.value(), UsageRecord.class);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The sums of all records, as `endpoint outcome problem = requests`.
    static List<String> sums(List<UsageRecord> records) {
        return sums(records.stream().flatMap(record -> record.counts().stream()));
    }

    private static List<String> sums(Stream<UsageRecord.Count> counts) {
        Map<String, Long> sums = new TreeMap<>();
        counts.forEach(count ->
                sums.merge(
                        "%s %s %s"
                                .formatted(
                                        count.endpoint(), count.outcome().value(), count.problem()),
                        count.requests(),
                        Long::sum));
        return sums.entrySet().stream().map(sum -> sum.getKey() + " = " + sum.getValue()).toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}

package dev.sendex.common.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Sends records that cannot be decoded, stored or published to the dead-letter topic of their
/// topic, unchanged, with headers for the reason, the consumer and the origin.
///
/// A dead letter is larger than its record, and Kafka accepts 1 MiB by default; one that it refuses
/// would stop its partition forever. So a large value is truncated, and a large key or set of
/// headers is omitted. The letter then has the headers `dead-letter-truncated` and
/// `dead-letter-original-size` (bytes of key, value and headers).
@ApplicationScoped
public class DeadLetters {

    private static final int MAX_KEY_SIZE = 64 * 1024;
    private static final int MAX_HEADERS_SIZE = 64 * 1024;
    private static final int MAX_VALUE_SIZE = 768 * 1024;

    private final KafkaPublisher kafka;
    private final MeterRegistry metrics;
    private final String consumer;

    /// With a publisher of its own, since a missing topic blocks everything that a publisher sends.
    @Inject
    DeadLetters(
            @Identifier("default-kafka-broker") Map<String, Object> brokers,
            MeterRegistry metrics,
            @ConfigProperty(name = "quarkus.application.name") String consumer) {
        this(new KafkaPublisher(brokers), metrics, consumer);
    }

    DeadLetters(KafkaPublisher kafka, MeterRegistry metrics, String consumer) {
        this.kafka = kafka;
        this.metrics = metrics;
        this.consumer = consumer;
    }

    /// Sends a consumed record to the dead-letter topic. Completes when Kafka has acknowledged it.
    ///
    /// @param reason must not quote the record, since it is logged
    public Uni<Void> add(ConsumerRecord<String, byte[]> record, String reason) {
        ProducerRecord<String, byte[]> letter =
                letter(record.topic(), record.key(), record.value(), record.headers());
        header(letter, "dead-letter-partition", Integer.toString(record.partition()));
        header(letter, "dead-letter-offset", Long.toString(record.offset()));
        return publish(letter, record.topic(), reason);
    }

    /// Sends a record that Kafka refuses to the dead-letter topic. Completes when Kafka has
    /// acknowledged it.
    ///
    /// @param reason must not quote the record, since it is logged
    public Uni<Void> add(ProducerRecord<String, byte[]> refused, String reason) {
        return publish(
                letter(refused.topic(), refused.key(), refused.value(), refused.headers()),
                refused.topic(),
                reason);
    }

    private Uni<Void> publish(ProducerRecord<String, byte[]> letter, String topic, String reason) {
        header(letter, "dead-letter-reason", reason);
        header(letter, "dead-letter-consumer", consumer);
        header(letter, "dead-letter-topic", topic);
        return kafka.publish(letter).invoke(() -> count(letter, topic, reason));
    }

    private static ProducerRecord<String, byte[]> letter(
            String topic, @Nullable String key, byte @Nullable [] value, Headers headers) {
        int keySize = key == null ? 0 : key.getBytes(UTF_8).length;
        int valueSize = value == null ? 0 : value.length;
        int headersSize = 0;
        for (Header header : headers) {
            headersSize +=
                    header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(
                        Topics.deadLetters(topic),
                        keySize > MAX_KEY_SIZE ? null : key,
                        value != null && valueSize > MAX_VALUE_SIZE
                                ? Arrays.copyOf(value, MAX_VALUE_SIZE)
                                : value);
        if (headersSize <= MAX_HEADERS_SIZE) {
            headers.forEach(letter.headers()::add);
        }
        if (keySize > MAX_KEY_SIZE
                || valueSize > MAX_VALUE_SIZE
                || headersSize > MAX_HEADERS_SIZE) {
            header(letter, "dead-letter-truncated", "true");
            header(
                    letter,
                    "dead-letter-original-size",
                    Integer.toString(keySize + valueSize + headersSize));
        }
        return letter;
    }

    private void count(ProducerRecord<String, byte[]> letter, String topic, String reason) {
        metrics.counter("sendex.dead_letters", "topic", topic).increment();
        Log.warnf(
                "record sent to dead letter topic topic=%s partition=%s offset=%s reason=%s",
                topic,
                value(letter, "dead-letter-partition"),
                value(letter, "dead-letter-offset"),
                reason);
    }

    private static String value(ProducerRecord<String, byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null ? "none" : new String(header.value(), UTF_8);
    }

    @PreDestroy
    void close() throws InterruptedException {
        kafka.close();
    }

    private static void header(ProducerRecord<String, byte[]> letter, String name, String value) {
        letter.headers().add(name, value.getBytes(UTF_8));
    }
}

package dev.sendex.common.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Puts records aside that cannot be understood, as they came, with headers that say why, for whom
/// and from where.
///
/// A dead letter is larger than its record, and Kafka takes 1 MiB by default: one that it refuses
/// would stop its partition for ever. So a large value is cut, and a large key or set of headers is
/// left out; the letter then says so in `dead-letter-truncated`, and how large the record was in
/// `dead-letter-original-size` (bytes of key, value and headers).
@ApplicationScoped
public class DeadLetters {

    private static final int MAX_KEY_SIZE = 64 * 1024;
    private static final int MAX_HEADERS_SIZE = 64 * 1024;
    private static final int MAX_VALUE_SIZE = 768 * 1024;

    private final KafkaPublisher kafka;
    private final MeterRegistry metrics;
    private final String consumer;

    DeadLetters(
            KafkaPublisher kafka,
            MeterRegistry metrics,
            @ConfigProperty(name = "quarkus.application.name") String consumer) {
        this.kafka = kafka;
        this.metrics = metrics;
        this.consumer = consumer;
    }

    /// Completes once Kafka has it.
    ///
    /// @param reason must not quote the record, since it is logged
    Uni<Void> add(ConsumerRecord<String, byte[]> poison, String reason) {
        ProducerRecord<String, byte[]> letter = copy(poison);
        header(letter, "dead-letter-reason", reason);
        header(letter, "dead-letter-consumer", consumer);
        header(letter, "dead-letter-topic", poison.topic());
        header(letter, "dead-letter-partition", Integer.toString(poison.partition()));
        header(letter, "dead-letter-offset", Long.toString(poison.offset()));
        return kafka.publish(letter).invoke(() -> count(poison, reason));
    }

    private static ProducerRecord<String, byte[]> copy(ConsumerRecord<String, byte[]> poison) {
        int keySize = Math.max(0, poison.serializedKeySize());
        int valueSize = Math.max(0, poison.serializedValueSize());
        int headersSize = 0;
        for (Header header : poison.headers()) {
            headersSize +=
                    header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(
                        Topics.SES_EVENTS_DLQ,
                        keySize > MAX_KEY_SIZE ? null : poison.key(),
                        valueSize > MAX_VALUE_SIZE
                                ? Arrays.copyOf(poison.value(), MAX_VALUE_SIZE)
                                : poison.value());
        if (headersSize <= MAX_HEADERS_SIZE) {
            poison.headers().forEach(letter.headers()::add);
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

    private void count(ConsumerRecord<String, byte[]> poison, String reason) {
        metrics.counter("sendex.dead_letters", "topic", poison.topic()).increment();
        Log.warnf(
                "record put aside topic=%s partition=%d offset=%d reason=%s",
                poison.topic(), poison.partition(), poison.offset(), reason);
    }

    private static void header(ProducerRecord<String, byte[]> letter, String name, String value) {
        letter.headers().add(name, value.getBytes(UTF_8));
    }
}

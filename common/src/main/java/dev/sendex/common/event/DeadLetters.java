package dev.sendex.common.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Puts records aside that cannot be understood, as they came, with headers that say why, for whom
/// and from where.
@ApplicationScoped
public class DeadLetters {

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
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(Topics.SES_EVENTS_DLQ, poison.key(), poison.value());
        poison.headers().forEach(letter.headers()::add);
        header(letter, "dead-letter-reason", reason);
        header(letter, "dead-letter-consumer", consumer);
        header(letter, "dead-letter-topic", poison.topic());
        header(letter, "dead-letter-partition", Integer.toString(poison.partition()));
        header(letter, "dead-letter-offset", Long.toString(poison.offset()));
        return kafka.publish(letter).invoke(() -> count(poison, reason));
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

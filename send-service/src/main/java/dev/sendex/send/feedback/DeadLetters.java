package dev.sendex.send.feedback;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sendex.common.event.KafkaPublisher;
import dev.sendex.common.event.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Puts aside what cannot be understood, as it came, with headers that say why and from where.
@ApplicationScoped
class DeadLetters {

    private final KafkaPublisher kafka;
    private final Counter count;

    DeadLetters(KafkaPublisher kafka, MeterRegistry metrics) {
        this.kafka = kafka;
        this.count = metrics.counter("sendex.feedback.dead_letters");
    }

    /// Completes once Kafka has it.
    Uni<Void> add(ConsumerRecord<String, byte[]> poison, String reason) {
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(Topics.SES_EVENTS_DLQ, poison.key(), poison.value());
        poison.headers().forEach(letter.headers()::add);
        header(letter, "dead-letter-reason", reason);
        header(letter, "dead-letter-consumer", "send-service");
        header(letter, "dead-letter-topic", poison.topic());
        header(letter, "dead-letter-partition", Integer.toString(poison.partition()));
        header(letter, "dead-letter-offset", Long.toString(poison.offset()));
        return kafka.publish(letter).invoke(() -> counted(poison, reason));
    }

    private void counted(ConsumerRecord<String, byte[]> poison, String reason) {
        count.increment();
        Log.warnf(
                "record put aside partition=%d offset=%d reason=%s",
                poison.partition(), poison.offset(), reason);
    }

    private static void header(ProducerRecord<String, byte[]> letter, String name, String value) {
        letter.headers().add(name, value.getBytes(UTF_8));
    }
}

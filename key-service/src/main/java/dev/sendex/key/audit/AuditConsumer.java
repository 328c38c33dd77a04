package dev.sendex.key.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.sendex.common.audit.AuditRecord;
import dev.sendex.common.kafka.batch.BatchConsumer;
import dev.sendex.common.kafka.batch.BatchConsumer.Decoded;
import dev.sendex.common.kafka.batch.BatchConsumers;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment.Strategy;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/// Consumes batches of `sendex.audit` and adds each to the chains in one transaction.
@ApplicationScoped
class AuditConsumer {

    /// How far the clocks of two machines may differ.
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(10);

    private final AuditAppender appender;
    private final ObjectMapper json;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final BatchConsumer<AuditRecord> consumer;

    AuditConsumer(
            AuditAppender appender,
            ObjectMapper json,
            BatchConsumers consumers,
            MeterRegistry metrics,
            Clock clock) {
        this.appender = appender;
        this.json = json;
        this.metrics = metrics;
        this.clock = clock;
        this.consumer = consumers.of(this::read, this::add);
    }

    @Incoming("audit")
    @Acknowledgment(Strategy.MANUAL)
    Uni<Void> consume(Message<ConsumerRecords<String, byte[]>> batch) {
        return consumer.consume(batch.getPayload(), batch::ack);
    }

    private Decoded<AuditRecord> read(ConsumerRecord<String, byte[]> record) {
        try {
            return validate(json.readValue(record.value(), AuditRecord.class));
        } catch (ValueInstantiationException invalid) {
            return malformed(reason(invalid));
        } catch (IOException | RuntimeException undecodable) {
            return malformed(undecodable.getClass().getName());
        }
    }

    /// The message of the record's validation, which does not contain the value.
    private static String reason(ValueInstantiationException invalid) {
        return invalid.getCause() instanceof IllegalArgumentException cause
                ? String.valueOf(cause.getMessage())
                : invalid.getClass().getName();
    }

    /// Rejects times that cannot be stored, or that only a wrong clock can explain.
    private Decoded<AuditRecord> validate(AuditRecord record) {
        boolean valid =
                record.occurredAt().isAfter(Instant.EPOCH)
                        && record.occurredAt().isBefore(clock.instant().plus(CLOCK_SKEW));
        return valid ? new Decoded.Valid<>(List.of(record)) : malformed("its time is out of range");
    }

    private static Decoded<AuditRecord> malformed(String reason) {
        return new Decoded.Malformed<>("not an audit record: " + reason);
    }

    private Uni<Void> add(List<AuditRecord> records) {
        return appender.add(records)
                .invoke(added -> count("added", added))
                .invoke(added -> count("known", records.size() - added))
                .replaceWithVoid();
    }

    private void count(String outcome, int number) {
        metrics.counter("sendex.audit.records", "outcome", outcome).increment(number);
    }
}

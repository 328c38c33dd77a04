package dev.sendex.key.usage;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendex.common.kafka.batch.BatchConsumer;
import dev.sendex.common.kafka.batch.BatchConsumer.Decoded;
import dev.sendex.common.kafka.batch.BatchConsumers;
import dev.sendex.common.usage.UsageRecord;
import dev.sendex.key.usage.UsageRetention.UsageConfig;
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

/// Consumes batches of `sendex.usage` and adds each to the counts in one transaction.
@ApplicationScoped
class UsageConsumer {

    /// How far the clocks of two machines may differ.
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(10);

    private final UsageStore store;
    private final UsageConfig config;
    private final ObjectMapper json;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final BatchConsumer<UsageRecord> consumer;

    UsageConsumer(
            UsageStore store,
            UsageConfig config,
            ObjectMapper json,
            BatchConsumers consumers,
            MeterRegistry metrics,
            Clock clock) {
        this.store = store;
        this.config = config;
        this.json = json;
        this.metrics = metrics;
        this.clock = clock;
        this.consumer = consumers.of(this::read, this::add);
    }

    @Incoming("usage")
    @Acknowledgment(Strategy.MANUAL)
    Uni<Void> consume(Message<ConsumerRecords<String, byte[]>> batch) {
        return consumer.consume(batch.getPayload(), batch::ack);
    }

    private Decoded<UsageRecord> read(ConsumerRecord<String, byte[]> record) {
        try {
            return validate(json.readValue(record.value(), UsageRecord.class));
        } catch (IOException | RuntimeException undecodable) {
            return new Decoded.Malformed<>(
                    "not a usage record: " + undecodable.getClass().getName());
        }
    }

    private Decoded<UsageRecord> validate(UsageRecord record) {
        Instant now = clock.instant();
        if (record.countedAt().isAfter(now.plus(CLOCK_SKEW))
                || record.lastUsedAt().isAfter(now.plus(CLOCK_SKEW))) {
            return new Decoded.Malformed<>("its time is in the future");
        }
        if (record.countedAt().isBefore(now.minus(config.records()))) {
            count("stale", 1);
            return new Decoded.Valid<>(List.of());
        }
        return new Decoded.Valid<>(List.of(record));
    }

    private Uni<Void> add(List<UsageRecord> records) {
        return store.add(records)
                .invoke(added -> count("added", added))
                .invoke(added -> count("known", records.size() - added))
                .replaceWithVoid();
    }

    private void count(String outcome, int records) {
        metrics.counter("sendex.usage.records", "outcome", outcome).increment(records);
    }
}

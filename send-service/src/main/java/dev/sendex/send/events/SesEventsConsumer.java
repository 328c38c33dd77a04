package dev.sendex.send.events;

import dev.sendex.common.kafka.batch.BatchConsumer;
import dev.sendex.common.kafka.batch.BatchConsumer.Decoded;
import dev.sendex.common.kafka.batch.BatchConsumers;
import dev.sendex.common.ses.SesEvent;
import dev.sendex.common.ses.SesEventNormaliser;
import dev.sendex.common.ses.SesEventNormaliser.Normalised;
import dev.sendex.common.ses.SesEventNormaliser.Rejected;
import dev.sendex.send.events.EmailEventStore.Result;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment.Strategy;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/// Consumes `ses.events` and applies each batch in one transaction.
@ApplicationScoped
class SesEventsConsumer {

    private final SesEventNormaliser normaliser;
    private final EmailEventStore store;
    private final MeterRegistry metrics;
    private final BatchConsumer<EmailEvent> consumer;

    SesEventsConsumer(
            SesEventNormaliser normaliser,
            EmailEventStore store,
            BatchConsumers consumers,
            MeterRegistry metrics) {
        this.normaliser = normaliser;
        this.store = store;
        this.metrics = metrics;
        this.consumer = consumers.of(this::read, this::apply);
    }

    @Incoming("ses-events")
    @Acknowledgment(Strategy.MANUAL)
    Uni<Void> consume(Message<ConsumerRecords<String, byte[]>> batch) {
        return consumer.consume(batch.getPayload(), batch::ack);
    }

    private Decoded<EmailEvent> read(ConsumerRecord<String, byte[]> record) {
        return switch (normaliser.normalise(record.value())) {
            case Normalised(List<SesEvent> events) -> new Decoded.Valid<>(emailEvents(events));
            case Rejected(String reason) -> new Decoded.Malformed<>(reason);
        };
    }

    private List<EmailEvent> emailEvents(List<SesEvent> events) {
        List<EmailEvent> emailEvents = new ArrayList<>();
        for (SesEvent event : events) {
            EmailEvent emailEvent = EmailEvents.of(event);
            if (emailEvent == null) {
                count("foreign");
            } else {
                emailEvents.add(emailEvent);
            }
        }
        return emailEvents;
    }

    private Uni<Void> apply(List<EmailEvent> emailEvents) {
        return store.apply(emailEvents)
                .invoke(results -> results.forEach(this::count))
                .replaceWithVoid();
    }

    private void count(Result result) {
        count(result.name().toLowerCase(Locale.ROOT));
    }

    private void count(String outcome) {
        metrics.counter("sendex.feedback.events", "outcome", outcome).increment();
    }
}

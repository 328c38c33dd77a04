package dev.sendex.send.feedback;

import dev.sendex.common.event.BatchIntake;
import dev.sendex.common.event.BatchIntakes;
import dev.sendex.common.event.Reading;
import dev.sendex.common.ses.SesEvent;
import dev.sendex.common.ses.SesEventNormaliser;
import dev.sendex.common.ses.SesEventNormaliser.Rejected;
import dev.sendex.common.ses.SesEventNormaliser.Understood;
import dev.sendex.send.feedback.EffectStore.Result;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Takes batches from `ses.events` and writes their effects in one transaction each.
@ApplicationScoped
class SesEventsConsumer {

    private final SesEventNormaliser normaliser;
    private final EffectStore store;
    private final MeterRegistry metrics;
    private final BatchIntake<Effect> intake;

    SesEventsConsumer(
            SesEventNormaliser normaliser,
            EffectStore store,
            BatchIntakes intakes,
            MeterRegistry metrics) {
        this.normaliser = normaliser;
        this.store = store;
        this.metrics = metrics;
        this.intake = intakes.of(this::read, this::apply);
    }

    @Incoming("ses-events")
    Uni<Void> consume(ConsumerRecords<String, byte[]> batch) {
        return intake.take(batch);
    }

    private Reading<Effect> read(ConsumerRecord<String, byte[]> record) {
        return switch (normaliser.normalise(record.value())) {
            case Understood(List<SesEvent> events) -> new Reading.Legible<>(effects(events));
            case Rejected(String reason) -> new Reading.Illegible<>(reason);
        };
    }

    private List<Effect> effects(List<SesEvent> events) {
        List<Effect> effects = new ArrayList<>();
        for (SesEvent event : events) {
            Effect effect = Effects.of(event);
            if (effect == null) {
                count("foreign");
            } else {
                effects.add(effect);
            }
        }
        return effects;
    }

    private Uni<Void> apply(List<Effect> effects) {
        return store.apply(effects)
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

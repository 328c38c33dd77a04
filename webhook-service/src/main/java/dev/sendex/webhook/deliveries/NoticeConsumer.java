package dev.sendex.webhook.deliveries;

import dev.sendex.common.event.BatchIntake;
import dev.sendex.common.event.BatchIntakes;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Hears of what happened. A batch is acknowledged once its deliveries are rows.
@ApplicationScoped
class NoticeConsumer {

    private final BatchIntake<Notice> sesEvents;
    private final BatchIntake<Notice> domainEvents;

    NoticeConsumer(
            Notices notices, DeliveryStore store, Dispatcher dispatcher, BatchIntakes intakes) {
        this.sesEvents = intakes.of(notices::ofSes, all -> write(all, store, dispatcher));
        this.domainEvents = intakes.of(notices::ofDomain, all -> write(all, store, dispatcher));
    }

    private static Uni<Void> write(
            List<Notice> notices, DeliveryStore store, Dispatcher dispatcher) {
        return store.add(notices).invoke(dispatcher::nudge);
    }

    @Incoming("ses-events")
    Uni<Void> sesEvents(ConsumerRecords<String, byte[]> batch) {
        return sesEvents.take(batch);
    }

    @Incoming("domain-events")
    Uni<Void> domainEvents(ConsumerRecords<String, byte[]> batch) {
        return domainEvents.take(batch);
    }
}

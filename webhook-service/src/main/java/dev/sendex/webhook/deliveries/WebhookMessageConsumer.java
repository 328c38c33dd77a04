package dev.sendex.webhook.deliveries;

import dev.sendex.common.kafka.batch.BatchConsumer;
import dev.sendex.common.kafka.batch.BatchConsumers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment.Strategy;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/// Consumes SES events and domain events. A batch is acknowledged after its deliveries are
/// committed.
@ApplicationScoped
class WebhookMessageConsumer {

    private final BatchConsumer<WebhookMessage> sesEvents;
    private final BatchConsumer<WebhookMessage> domainEvents;

    WebhookMessageConsumer(
            WebhookMessages messages,
            DeliveryStore store,
            DeliveryDispatcher dispatcher,
            BatchConsumers consumers) {
        this.sesEvents = consumers.of(messages::ofSes, all -> write(all, store, dispatcher));
        this.domainEvents = consumers.of(messages::ofDomain, all -> write(all, store, dispatcher));
    }

    private static Uni<Void> write(
            List<WebhookMessage> messages, DeliveryStore store, DeliveryDispatcher dispatcher) {
        return store.add(messages).invoke(dispatcher::wake);
    }

    @Incoming("ses-events")
    @Acknowledgment(Strategy.MANUAL)
    Uni<Void> sesEvents(Message<ConsumerRecords<String, byte[]>> batch) {
        return sesEvents.consume(batch.getPayload(), batch::ack);
    }

    @Incoming("domain-events")
    @Acknowledgment(Strategy.MANUAL)
    Uni<Void> domainEvents(Message<ConsumerRecords<String, byte[]>> batch) {
        return domainEvents.consume(batch.getPayload(), batch::ack);
    }
}

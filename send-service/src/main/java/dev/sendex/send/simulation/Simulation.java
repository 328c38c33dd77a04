package dev.sendex.send.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendex.common.kafka.KafkaPublisher;
import dev.sendex.common.kafka.Topics;
import dev.sendex.send.message.Email;
import dev.sendex.send.ses.SendOutcome;
import dev.sendex.send.ses.SesSender;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Replaces SES for test keys: sends nothing, and publishes the events that the recipients'
/// addresses select to the same topic as SES's own.
@ApplicationScoped
public class Simulation {

    private final KafkaPublisher kafka;
    private final ObjectMapper json;
    private final SimulatedEvents events;
    private final SesSender ses;

    Simulation(KafkaPublisher kafka, ObjectMapper json, SimulatedEvents events, SesSender ses) {
        this.kafka = kafka;
        this.json = json;
        this.events = events;
        this.ses = ses;
    }

    /// Publishes the events; the outcome is [SendOutcome.Unavailable] if publishing fails. The
    /// message id is derived from the email's id, so that a retry publishes the same events.
    public Uni<SendOutcome> send(Email email) {
        String messageId = "simulated-" + email.id();
        List<Uni<Void>> published = new ArrayList<>();
        for (Map<String, Object> event : events.of(email, messageId, ses.region())) {
            published.add(kafka.publish(message(messageId, event)));
        }
        return Uni.join()
                .all(published)
                .andFailFast()
                .<SendOutcome>map(all -> new SendOutcome.Accepted(messageId))
                .onFailure()
                .recoverWithItem(new SendOutcome.Unavailable("the simulation could not be run"));
    }

    private ProducerRecord<String, byte[]> message(String messageId, Map<String, Object> event) {
        try {
            return new ProducerRecord<>(
                    Topics.SES_EVENTS, messageId, json.writeValueAsBytes(event));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a simulated event cannot be written", e);
        }
    }
}

package dev.sendex.webhook.ingest;

import static dev.sendex.common.problem.Problem.FORBIDDEN;
import static dev.sendex.common.problem.Problem.MALFORMED_REQUEST;
import static dev.sendex.common.problem.Problem.SERVICE_UNAVAILABLE;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendex.common.kafka.KafkaPublisher;
import dev.sendex.common.kafka.Topics;
import dev.sendex.common.ses.SesEventNormaliser;
import dev.sendex.common.ses.SesEventNormaliser.Normalised;
import dev.sendex.common.ses.SesEventNormaliser.Rejected;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Publishes SNS messages to Kafka. A message is acknowledged only after Kafka has stored it; until
/// then SNS keeps it and retries.
@ApplicationScoped
class SnsIngest {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final ObjectMapper json;
    private final SnsVerifier verifier;
    private final SnsHosts hosts;
    private final SnsCalls calls;
    private final SesEventNormaliser normaliser;
    private final KafkaPublisher kafka;
    private final MeterRegistry metrics;

    SnsIngest(
            ObjectMapper json,
            SnsVerifier verifier,
            SnsHosts hosts,
            SnsCalls calls,
            SesEventNormaliser normaliser,
            KafkaPublisher kafka,
            MeterRegistry metrics) {
        this.json = json;
        this.verifier = verifier;
        this.hosts = hosts;
        this.calls = calls;
        this.normaliser = normaliser;
        this.kafka = kafka;
        this.metrics = metrics;
    }

    Uni<IngestReceipt> accept(byte[] body) {
        SnsMessage message = SnsMessage.parse(json, body);
        if (message == null) {
            throw MALFORMED_REQUEST.because("The body must be an SNS message, not delivered raw.");
        }
        return verifier.verify(message).chain(this::act).map(_ -> new IngestReceipt());
    }

    private Uni<Void> act(SnsMessage message) {
        metrics.counter("sendex.ingest.messages", "type", message.type().value()).increment();
        return switch (message.type()) {
            case NOTIFICATION -> publish(message);
            case SUBSCRIPTION_CONFIRMATION -> confirm(message);
            case UNSUBSCRIBE_CONFIRMATION -> acknowledge(message);
        };
    }

    private Uni<Void> publish(SnsMessage message) {
        byte[] event = message.message().getBytes(StandardCharsets.UTF_8);
        return kafka.publish(new ProducerRecord<>(Topics.SES_EVENTS, key(message, event), event))
                .onFailure()
                .transform(SnsIngest::unavailable);
    }

    /// The SES message id, so that all events of an email stay in order. Malformed events are
    /// published too; the consumers send them to the dead-letter topic.
    private String key(SnsMessage message, byte[] event) {
        return switch (normaliser.normalise(event)) {
            case Normalised(var events) ->
                    events.isEmpty() ? message.messageId() : events.getFirst().mail().messageId();
            case Rejected _ -> message.messageId();
        };
    }

    private Uni<Void> confirm(SnsMessage message) {
        URI address = hosts.find(message.subscribeUrl());
        if (address == null) {
            throw FORBIDDEN.because("The subscription cannot be confirmed at this URL.");
        }
        return calls.get(address)
                .invoke(() -> Log.infof("SNS subscription confirmed topic=%s", message.topicArn()))
                .onFailure()
                .transform(SnsIngest::unavailable)
                .replaceWithVoid();
    }

    /// The subscription was ended on purpose, so it is not confirmed again.
    private static Uni<Void> acknowledge(SnsMessage message) {
        Log.warnf("SNS subscription ended topic=%s", message.topicArn());
        return Uni.createFrom().voidItem();
    }

    private static Throwable unavailable(Throwable failure) {
        Log.warnf("publishing SNS message failed cause=%s", failure.toString());
        return SERVICE_UNAVAILABLE.retryAfter(
                RETRY_AFTER, "The message could not be stored. Send it again.");
    }
}

package dev.sendex.sandbox;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/// Publishes events to Kafka, as a connector behind SES does: one record per event, with the SES
/// message id as the key, so that the events of an email stay in order. Costs much less than signed
/// SNS notifications.
final class KafkaEvents implements AutoCloseable {

    static final String TOPIC = "ses.events";

    private static final System.Logger LOG = System.getLogger(KafkaEvents.class.getName());
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
    private static final long BUFFER_SIZE = 8 << 20;

    /// The maximum total length of queued events, to bound memory.
    private static final int MAX_WAITING_CHARACTERS =
            (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 8);

    /// The memory that an email takes besides the text of its events.
    private static final int WAITING_OVERHEAD = 1000;

    private final KafkaProducer<String, String> producer;
    private final SandboxControl control;
    private final Semaphore waiting = new Semaphore(MAX_WAITING_CHARACTERS);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private KafkaEvents(KafkaProducer<String, String> producer, SandboxControl control) {
        this.producer = producer;
        this.control = control;
    }

    static KafkaEvents start(String bootstrapServers, SandboxControl control) throws IOException {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrapServers, "buffer.memory", BUFFER_SIZE);
        try {
            return new KafkaEvents(
                    new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer()),
                    control);
        } catch (KafkaException e) {
            throw new IOException("%s is not a Kafka cluster.".formatted(bootstrapServers), e);
        }
    }

    /// Publishes the events of one email in this order, asynchronously.
    void publish(String messageId, List<String> events) {
        int length = WAITING_OVERHEAD + events.stream().mapToInt(String::length).sum();
        if (!waiting.tryAcquire(length)) {
            LOG.log(Level.WARNING, "events dropped, too many are waiting for Kafka");
            return;
        }
        threads.execute(() -> {
            try {
                control.awaitRelease();
                events.forEach(event -> send(messageId, event));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                waiting.release(length);
            }
        });
    }

    private void send(String messageId, String event) {
        Future<RecordMetadata> _ =
                producer.send(
                        new ProducerRecord<>(TOPIC, messageId, event.strip()),
                        (_, failure) -> {
                            if (failure != null) {
                                LOG.log(Level.WARNING, "event dropped: " + failure);
                            }
                        });
    }

    /// Events that Kafka has not accepted after a short while are lost.
    @Override
    public void close() {
        threads.shutdownNow();
        producer.close(CLOSE_TIMEOUT);
    }
}

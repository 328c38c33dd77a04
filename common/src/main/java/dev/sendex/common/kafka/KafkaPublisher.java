package dev.sendex.common.kafka;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// Writes records to Kafka, acknowledged by all in-sync replicas, in the order of the calls.
///
/// A call fails if the broker has not acknowledged within ten seconds, or immediately if too many
/// records are waiting. Callers keep the record elsewhere (an outbox, SNS) and retry.
@ApplicationScoped
public class KafkaPublisher {

    private static final int MAX_WAITING = 10_000;
    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(10);

    private final Map<String, Object> brokers;
    private final Duration timeout;

    /// The producer blocks its caller while it connects to the cluster, so it has its own thread.
    private final ThreadPoolExecutor sender =
            new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(MAX_WAITING),
                    Thread.ofPlatform().daemon().name("kafka-publisher").factory());

    /// Used by the sending thread only, until that has ended.
    private @Nullable KafkaProducer<String, byte[]> producer;

    @Inject
    KafkaPublisher(@Identifier("default-kafka-broker") Map<String, Object> brokers) {
        this(brokers, DELIVERY_TIMEOUT);
    }

    KafkaPublisher(Map<String, Object> brokers, Duration timeout) {
        this.brokers = brokers;
        this.timeout = timeout;
    }

    /// Completes when the record is acknowledged, on the caller's Vert.x context if there is one.
    public Uni<Void> publish(ProducerRecord<String, byte[]> message) {
        Context caller = Vertx.currentContext();
        Uni<Void> published =
                Uni.createFrom()
                        .emitter(done -> {
                            long deadline = System.nanoTime() + timeout.toNanos();
                            sender.execute(() -> send(message, deadline, done));
                        });
        return caller == null ? published : published.emitOn(MutinyHelper.executor(caller));
    }

    /// While the cluster is unreachable, each message blocks this thread for up to the timeout.
    /// Messages that waited behind it have timed out by then and do not block it again.
    private void send(
            ProducerRecord<String, byte[]> message, long deadline, UniEmitter<? super Void> done) {
        if (System.nanoTime() - deadline >= 0) {
            done.fail(new TimeoutException("not sent in time, Kafka is unreachable"));
            return;
        }
        try {
            Future<?> _ = producer().send(message, (_, failure) -> finish(done, failure));
        } catch (RuntimeException refused) {
            done.fail(refused);
        }
    }

    private static void finish(UniEmitter<? super Void> done, @Nullable Exception failure) {
        if (failure == null) {
            done.complete(null);
        } else {
            done.fail(failure);
        }
    }

    private KafkaProducer<String, byte[]> producer() {
        if (producer == null) {
            producer =
                    new KafkaProducer<>(
                            settings(), new StringSerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    private Map<String, Object> settings() {
        int millis = (int) timeout.toMillis();
        Map<String, Object> settings = new HashMap<>(brokers);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis / 2);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis);
        return settings;
    }

    @PreDestroy
    void close() throws InterruptedException {
        sender.shutdown();
        if (sender.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS)
                && producer != null) {
            producer.close(timeout);
        }
    }
}

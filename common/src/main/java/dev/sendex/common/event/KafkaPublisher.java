package dev.sendex.common.event;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
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
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// Writes records to Kafka, acknowledged by all in-sync replicas, in the order of the calls.
///
/// A call fails when the broker has not acknowledged within ten seconds, or at once when too many
/// records are waiting: callers hold the record elsewhere (an outbox, SNS) and try again.
@ApplicationScoped
public class KafkaPublisher {

    private static final int MAX_WAITING = 10_000;
    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(10);

    private final Map<String, Object> brokers;

    /// The producer blocks its caller while it looks for the cluster, hence a thread of its own.
    private final ThreadPoolExecutor sender =
            new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(MAX_WAITING),
                    Thread.ofPlatform().daemon().name("kafka-publisher").factory());

    /// Touched by the sending thread only, until that has ended.
    private @Nullable KafkaProducer<String, byte[]> producer;

    KafkaPublisher(@Identifier("default-kafka-broker") Map<String, Object> brokers) {
        this.brokers = brokers;
    }

    /// Completes once the record is safe, on the caller's Vert.x context where it has one.
    public Uni<Void> publish(ProducerRecord<String, byte[]> message) {
        Context caller = Vertx.currentContext();
        Uni<Void> published =
                Uni.createFrom().emitter(done -> sender.execute(() -> send(message, done)));
        return caller == null ? published : published.emitOn(MutinyHelper.executor(caller));
    }

    private void send(ProducerRecord<String, byte[]> message, UniEmitter<? super Void> done) {
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
        int timeout = (int) DELIVERY_TIMEOUT.toMillis();
        Map<String, Object> settings = new HashMap<>(brokers);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout / 2);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout);
        return settings;
    }

    @PreDestroy
    void close() throws InterruptedException {
        sender.shutdown();
        if (sender.awaitTermination(DELIVERY_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                && producer != null) {
            producer.close(DELIVERY_TIMEOUT);
        }
    }
}

package dev.sendex.common.introspection.cache;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sendex.common.kafka.Topics;
import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.logging.Log;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/// Consumes the topic of key changes from its end, all partitions, without a consumer group: every
/// instance must see every change. It never gives up, whatever happens to the brokers.
///
/// No change is missed. While the consumer lives it keeps its positions through any outage. When
/// partitions are assigned again, the end of each is fixed first and then the whole cache is
/// evicted: changes before that end are looked up again, later ones are consumed.
///
/// About once a second it requests the ends of the partitions and reports to [PushStream] when it
/// has read up to them. Silence alone proves nothing: a consumer without connection to its brokers
/// reads nothing either.
@Singleton
@Startup
@IfBuildProperty(name = "sendex.identity.authority", stringValue = "remote", enableIfMissing = true)
class KeyChangeFollower {

    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final Duration BROKER_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration MIN_BACKOFF = Duration.ofMillis(250);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(10);
    private static final int POLLS_TO_CATCH_UP = 5;

    private final Map<String, Object> brokers;
    private final KeyChangeEviction changes;
    private final Evictions evictions;
    private final PushStream stream;
    private final Ticker ticker;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("key-changes").unstarted(this::run);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable Consumer<byte[], byte[]> consumer;

    KeyChangeFollower(
            @Identifier("default-kafka-broker") Map<String, Object> brokers,
            KeyChangeEviction changes,
            Evictions evictions,
            PushStream stream,
            Ticker ticker) {
        this.brokers = brokers;
        this.changes = changes;
        this.evictions = evictions;
        this.stream = stream;
        this.ticker = ticker;
    }

    @PostConstruct
    void start() {
        thread.start();
    }

    @PreDestroy
    void stop() throws InterruptedException {
        stopped.countDown();
        Consumer<byte[], byte[]> reading = consumer;
        if (reading != null) {
            reading.wakeup();
        }
        thread.join(BROKER_TIMEOUT);
    }

    private void run() {
        Duration backoff = MIN_BACKOFF;
        while (!isStopped(Duration.ZERO)) {
            long before = ticker.read();
            follow();
            stream.broken();
            boolean lasted = ticker.read() - before > MAX_BACKOFF.toNanos();
            backoff = lasted ? MIN_BACKOFF : doubled(backoff);
            isStopped(backoff);
        }
    }

    private static Duration doubled(Duration backoff) {
        Duration next = backoff.multipliedBy(2);
        return next.compareTo(MAX_BACKOFF) > 0 ? MAX_BACKOFF : next;
    }

    private boolean isStopped(Duration within) {
        try {
            return stopped.await(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /// Returns when this consumer has failed and must be replaced.
    private void follow() {
        try (Consumer<byte[], byte[]> created =
                new KafkaConsumer<>(
                        settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer = created;
            while (!isStopped(Duration.ZERO)) {
                heartbeat(created);
            }
        } catch (RuntimeException failure) {
            if (stopped.getCount() > 0) {
                Log.warnf("consuming key changes failed reason=\"%s\"", failure.toString());
            }
        } finally {
            consumer = null;
        }
    }

    private void heartbeat(Consumer<byte[], byte[]> reading) {
        try {
            followAllPartitions(reading);
            long asOf = ticker.read();
            Map<TopicPartition, Long> ends =
                    reading.endOffsets(reading.assignment(), BROKER_TIMEOUT);
            if (readTo(ends, reading)) {
                stream.completeAsOf(asOf);
            }
        } catch (TimeoutException unreachable) {
            // the positions are kept, so changes during the outage are read afterwards
            Log.debugf("Kafka brokers are unreachable reason=\"%s\"", unreachable.toString());
        }
    }

    private boolean readTo(Map<TopicPartition, Long> ends, Consumer<byte[], byte[]> reading) {
        for (int i = 0; i < POLLS_TO_CATCH_UP; i++) {
            reading.poll(HEARTBEAT).forEach(changes::accept);
            if (ends.entrySet().stream()
                    .allMatch(end -> reading.position(end.getKey()) >= end.getValue())) {
                return true;
            }
        }
        return false;
    }

    private void followAllPartitions(Consumer<byte[], byte[]> reading) {
        Set<TopicPartition> partitions = partitions(reading);
        Set<TopicPartition> added = new HashSet<>(partitions);
        added.removeAll(reading.assignment());
        if (added.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> ends = reading.endOffsets(added, BROKER_TIMEOUT);
        reading.assign(partitions);
        ends.forEach(reading::seek);
        evictions.evictAll();
        Log.infof("consuming key changes partitions=%d", partitions.size());
    }

    private static Set<TopicPartition> partitions(Consumer<byte[], byte[]> reading) {
        Set<TopicPartition> partitions =
                reading.partitionsFor(Topics.KEYS, BROKER_TIMEOUT).stream()
                        .map(KeyChangeFollower::partition)
                        .collect(Collectors.toSet());
        if (partitions.isEmpty()) {
            throw new IllegalStateException("topic not found: " + Topics.KEYS);
        }
        return partitions;
    }

    private static TopicPartition partition(PartitionInfo info) {
        return new TopicPartition(info.topic(), info.partition());
    }

    private Map<String, Object> settings() {
        int timeout = (int) BROKER_TIMEOUT.toMillis();
        Map<String, Object> settings = new HashMap<>(brokers);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10 * (int) HEARTBEAT.toMillis());
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout);
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, timeout);
        return settings;
    }
}

package dev.sendex.common.usage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendex.common.kafka.KafkaPublisher;
import dev.sendex.common.kafka.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Flushes the counts to Kafka: every flush interval, early when the counters are full, and at
/// shutdown. Records that the broker did not acknowledge are kept with their ids for the next
/// flush; while too many are pending, counting continues and the counters are not drained.
@ApplicationScoped
class UsagePublisher {

    /// Small, so that other records, which share the producer, do not wait long.
    private static final int BATCH_SIZE = 200;

    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(5);

    private final UsageCounts counts;
    private final UsageCountingConfig config;
    private final KafkaPublisher kafka;
    private final ObjectMapper json;
    private final Counter published;
    private final Counter failures;
    private final AtomicBoolean flushRequested = new AtomicBoolean();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("usage").factory());

    /// Used by that thread only.
    private final Deque<UsageRecord> pending = new ArrayDeque<>();

    /// The size of [#pending], readable by all threads.
    private volatile int pendingCount;

    UsagePublisher(
            UsageCounts counts,
            UsageCountingConfig config,
            KafkaPublisher kafka,
            ObjectMapper json,
            MeterRegistry metrics) {
        this.counts = counts;
        this.config = config;
        this.kafka = kafka;
        this.json = json;
        this.published = metrics.counter("sendex.usage.published");
        this.failures = metrics.counter("sendex.usage.failures");
        metrics.gauge("sendex.usage.waiting", this, publisher -> publisher.pendingCount);
    }

    void start(@Observes StartupEvent started) {
        long millis = config.flushInterval().toMillis();
        var _ = thread.scheduleWithFixedDelay(this::flush, millis, millis, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        thread.execute(this::flush);
        thread.shutdown();
        if (!thread.awaitTermination(SHUTDOWN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
            Log.warnf("usage flush incomplete at shutdown records=%d", pendingCount);
        }
    }

    /// Flushes the full counters. Returns immediately.
    void wake() {
        if (!thread.isShutdown() && flushRequested.compareAndSet(false, true)) {
            thread.execute(this::flush);
        }
    }

    /// Never throws, because that would end the timer.
    private void flush() {
        flushRequested.set(false);
        try {
            if (pending.size() < config.maxCounters()) {
                pending.addAll(counts.drain());
            }
            publish();
        } catch (RuntimeException failure) {
            failures.increment();
            Log.warnf("usage flush failed, will be retried cause=%s", failure.toString());
        } finally {
            pendingCount = pending.size();
        }
    }

    private void publish() {
        boolean reachable = true;
        while (reachable && !pending.isEmpty()) {
            reachable = publishBatch();
        }
    }

    /// Returns whether the broker acknowledged all.
    private boolean publishBatch() {
        List<UsageRecord> batch = new ArrayList<>();
        while (batch.size() < BATCH_SIZE && !pending.isEmpty()) {
            batch.add(pending.poll());
        }
        List<UsageRecord> failed = failed(batch);
        published.increment(batch.size() - failed.size());
        failed.reversed().forEach(pending::addFirst);
        return failed.isEmpty();
    }

    private List<UsageRecord> failed(List<UsageRecord> records) {
        List<CompletableFuture<Void>> acknowledgements =
                records.stream().map(this::publish).toList();
        List<UsageRecord> failed = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            try {
                var _ = acknowledgements.get(i).join();
            } catch (CompletionException | CancellationException failure) {
                failures.increment();
                Log.debugf("usage flush failed cause=%s", failure.toString());
                failed.add(records.get(i));
            }
        }
        return failed;
    }

    private CompletableFuture<Void> publish(UsageRecord record) {
        return kafka.publish(message(record)).subscribeAsCompletionStage();
    }

    private ProducerRecord<String, byte[]> message(UsageRecord record) {
        try {
            return new ProducerRecord<>(
                    Topics.USAGE, record.keyId().toString(), json.writeValueAsBytes(record));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

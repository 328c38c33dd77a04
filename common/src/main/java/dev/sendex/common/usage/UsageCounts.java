package dev.sendex.common.usage;

import dev.sendex.common.introspection.KeyGrant;
import dev.sendex.common.problem.Problem;
import dev.sendex.common.runtime.Ids;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The counters of this instance. Counting takes no lock, allocates nothing for a key and endpoint
/// that were counted since the last flush, and uses bounded memory: full counters are queued for an
/// early flush and replaced. While the queue is full, further endpoints of a key count as `other`
/// and further keys are not counted, which is reported in a metric.
@ApplicationScoped
class UsageCounts {

    static final String OTHER = "other";

    private static final int MAX_QUEUED = 4;
    private static final int MAX_DRAINED = 16;
    private static final long MAX_COUNTING_MILLIS = 5_000;

    private final Ids ids;
    private final Clock clock;
    private final int max;
    private final Counter uncounted;
    private final AtomicReference<Counters> current = new AtomicReference<>(new Counters());
    private final Queue<Counters> queued = new ConcurrentLinkedQueue<>();

    /// Drained recently: a slow thread may still count there. Used by the draining thread only.
    private final Deque<Counters> drained = new ArrayDeque<>();

    /// One generation of counters.
    private static final class Counters {

        private final ConcurrentMap<UUID, KeyCounts> keys = new ConcurrentHashMap<>();
        private final AtomicInteger size = new AtomicInteger();
        private volatile long replacedAt;
    }

    @Inject
    UsageCounts(UsageCountingConfig config, Ids ids, Clock clock, MeterRegistry metrics) {
        this(config.maxCounters(), ids, clock, metrics);
    }

    UsageCounts(int max, Ids ids, Clock clock, MeterRegistry metrics) {
        this.ids = ids;
        this.clock = clock;
        this.max = max;
        this.uncounted = metrics.counter("sendex.usage.uncounted");
        metrics.gauge("sendex.usage.counters", this, counts -> counts.current.get().size.get());
    }

    /// Counts a request.
    ///
    /// @return whether the counters are full and should be flushed now
    boolean count(
            KeyGrant key,
            String endpoint,
            Outcome outcome,
            @Nullable Problem problem,
            @Nullable InetAddress address) {
        Counters counters = current.get();
        KeyCounts counts = counters.keys.get(key.keyId());
        EndpointCounts ofEndpoint = counts == null ? null : counts.find(endpoint);
        if (counts != null && ofEndpoint != null) {
            ofEndpoint.count(outcome, problem);
            counts.use(clock.millis(), address);
            return false;
        }
        return countFirst(key, endpoint, outcome, problem, address);
    }

    private boolean countFirst(
            KeyGrant key,
            String endpoint,
            Outcome outcome,
            @Nullable Problem problem,
            @Nullable InetAddress address) {
        boolean full = isFull() && queueCurrent();
        Counters counters = current.get();
        KeyCounts counts = isFull() ? counters.keys.get(key.keyId()) : add(counters, key);
        if (counts == null) {
            uncounted.increment();
            return true;
        }
        String name = isFull() ? OTHER : endpoint;
        counts.require(name, counters.size::incrementAndGet).count(outcome, problem);
        counts.use(clock.millis(), address);
        return full;
    }

    private static KeyCounts add(Counters counters, KeyGrant key) {
        return counters.keys.computeIfAbsent(
                key.keyId(), _ -> new KeyCounts(key.keyId(), key.accountId()));
    }

    private boolean isFull() {
        return current.get().size.get() >= max;
    }

    private boolean queueCurrent() {
        if (queued.size() < MAX_QUEUED) {
            replace(current.get());
        }
        return true;
    }

    private void replace(Counters counters) {
        if (current.compareAndSet(counters, new Counters())) {
            counters.replacedAt = clock.millis();
            queued.add(counters);
        }
    }

    /// Removes and returns all counts. Only one thread may call it.
    List<UsageRecord> drain() {
        Counters counted = current.get();
        if (!counted.keys.isEmpty()) {
            replace(counted);
        }
        for (Counters next = queued.poll(); next != null; next = queued.poll()) {
            drained.add(next);
        }
        List<UsageRecord> records = records(drained);
        discardDrained();
        return records;
    }

    private void discardDrained() {
        long now = clock.millis();
        drained.removeIf(counters -> now - counters.replacedAt > MAX_COUNTING_MILLIS);
        while (drained.size() > MAX_DRAINED) {
            drained.removeFirst();
        }
    }

    private List<UsageRecord> records(Collection<Counters> generations) {
        Instant now = clock.instant();
        List<UsageRecord> records = new ArrayList<>();
        for (Counters counters : generations) {
            for (KeyCounts counts : counters.keys.values()) {
                UsageRecord record = counts.drain(ids.next(), now);
                if (record != null) {
                    records.add(record);
                }
            }
        }
        return records;
    }
}

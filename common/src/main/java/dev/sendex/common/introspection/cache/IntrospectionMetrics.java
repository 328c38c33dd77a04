package dev.sendex.common.introspection.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Metrics of the cached client. No tag identifies a key.
@Singleton
class IntrospectionMetrics {

    private static final String PREFIX = "sendex.introspection.";

    private final MeterRegistry registry;
    private final Counter hits;
    private final Counter misses;
    private final Counter refreshes;
    private final Counter coalesced;
    private final Counter outageAnswers;
    private final Counter unavailable;
    private final Counter throttled;
    private final Counter pushEvictions;
    private final Timer answeredCalls;
    private final Timer failedCalls;

    IntrospectionMetrics(MeterRegistry registry, IntrospectionCache cache, PushStream push) {
        this.registry = registry;
        hits = counter(registry, "hits", "Lookups answered from the cache");
        misses = counter(registry, "misses", "Lookups that had to wait for key-service");
        refreshes = counter(registry, "refreshes", "Cache entries refreshed in the background");
        coalesced = counter(registry, "coalesced", "Lookups that joined one in flight");
        outageAnswers =
                counter(registry, "outage.answers", "Stale cache entries used in an outage");
        unavailable = counter(registry, "unavailable", "Lookups that failed");
        throttled = counter(registry, "held.back", "Requests refused to throttled clients");
        pushEvictions = counter(registry, "push.evictions", "Keys evicted by a pushed change");
        answeredCalls = timer(registry, "answered");
        failedCalls = timer(registry, "failed");
        Gauge.builder(PREFIX + "cached", cache, IntrospectionCache::size)
                .description("Active keys in the cache")
                .register(registry);
        age(registry, "push.behind", "Time since pushed changes were complete", push::behind);
        age(registry, "push.record.age", "Age of the last pushed change", push::lastRecordAge);
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(PREFIX + name).description(description).register(registry);
    }

    private static Timer timer(MeterRegistry registry, String outcome) {
        return Timer.builder(PREFIX + "calls")
                .description("Calls to key-service")
                .tag("outcome", outcome)
                .register(registry);
    }

    private static void age(MeterRegistry registry, String name, String description, Age age) {
        TimeGauge.builder(PREFIX + name, age, TimeUnit.SECONDS, IntrospectionMetrics::seconds)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    @FunctionalInterface
    private interface Age {
        @Nullable Duration get();
    }

    private static double seconds(Age age) {
        Duration duration = age.get();
        return duration == null ? Double.NaN : duration.toNanos() / 1e9;
    }

    void hit() {
        hits.increment();
    }

    void missed() {
        misses.increment();
    }

    void refreshed() {
        refreshes.increment();
    }

    void coalesced() {
        coalesced.increment();
    }

    void outageAnswer() {
        outageAnswers.increment();
    }

    void unavailable() {
        unavailable.increment();
    }

    void throttled() {
        throttled.increment();
    }

    void evictedByPush() {
        pushEvictions.increment();
    }

    Timer.Sample startCall() {
        return Timer.start(registry);
    }

    void answered(Timer.Sample call) {
        call.stop(answeredCalls);
    }

    void failed(Timer.Sample call) {
        call.stop(failedCalls);
    }
}

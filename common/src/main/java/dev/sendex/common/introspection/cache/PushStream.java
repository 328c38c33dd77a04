package dev.sendex.common.introspection.cache;

import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Up to when changes of keys are known to have arrived.
@Singleton
class PushStream {

    private final Ticker ticker;
    private final long silence;
    private volatile @Nullable Long completeAsOf;
    private final AtomicLong lastRecordAt = new AtomicLong();
    private volatile boolean anyRecord;

    PushStream(IntrospectionConfig config, Ticker ticker) {
        this.ticker = ticker;
        silence = config.pushSilence().toNanos();
    }

    /// All changes up to this time of the ticker have been seen.
    void completeAsOf(long nanos) {
        completeAsOf = nanos;
    }

    /// Changes may have been missed.
    void broken() {
        completeAsOf = null;
    }

    void sawRecord() {
        lastRecordAt.set(ticker.read());
        anyRecord = true;
    }

    boolean isHealthy() {
        Long asOf = completeAsOf;
        return asOf != null && ticker.read() - asOf < silence;
    }

    /// The time since which changes may have been missed, null if none was ever seen.
    @Nullable Duration behind() {
        Long asOf = completeAsOf;
        return asOf == null ? null : Duration.ofNanos(ticker.read() - asOf);
    }

    /// The time since the last change of a key, null before the first.
    @Nullable Duration lastRecordAge() {
        return anyRecord ? Duration.ofNanos(ticker.read() - lastRecordAt.get()) : null;
    }
}

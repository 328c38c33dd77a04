package dev.sendex.common.introspection.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Which answers may not be used any more, whether they are remembered already or still on their
/// way. Every use of an answer asks here, so that it does not matter in which order an answer and
/// the news of a change arrive.
///
/// An eviction is remembered for as long as any answer asked for before it could be used. Should
/// there be too many to remember, all answers so far are evicted instead.
///
/// An epoch is a count, not a time: every eviction begins a new one.
@Singleton
class Evictions {

    private static final int CAPACITY = 100_000;

    private final AtomicLong epoch = new AtomicLong();
    private final AtomicLong everything = new AtomicLong();
    private final Cache<UUID, Eviction> byKey;

    /// @param version answers that tell of an older version are evicted
    /// @param unconditional answers asked for before this moment are evicted
    /// @param latest answers that tell of no version and were asked for before are evicted
    private record Eviction(long version, long unconditional, long latest) {

        Eviction and(Eviction other) {
            return new Eviction(
                    Math.max(version, other.version),
                    Math.max(unconditional, other.unconditional),
                    Math.max(latest, other.latest));
        }
    }

    Evictions(IntrospectionConfig config, Ticker ticker) {
        byKey =
                Caffeine.newBuilder()
                        .ticker(ticker)
                        .executor(Runnable::run)
                        .expireAfterWrite(
                                config.outageFor().plus(config.callTimeout().multipliedBy(4)))
                        .maximumSize(CAPACITY)
                        .evictionListener((_, _, cause) -> forgotten(cause))
                        .build();
    }

    /// To be noted before an answer is asked for.
    long epoch() {
        return epoch.get();
    }

    /// Evicts what is known of this key below this version.
    void evict(UUID keyId, long version) {
        evict(keyId, new Eviction(version, 0, epoch.incrementAndGet()));
    }

    /// Evicts what is known of this key, and what is being asked for: its version is not told.
    void evict(UUID keyId) {
        long now = epoch.incrementAndGet();
        evict(keyId, new Eviction(0, now, now));
    }

    /// Evicts all that is known, and what is being asked for.
    void evictAll() {
        everything.accumulateAndGet(epoch.incrementAndGet(), Math::max);
    }

    /// Whether an answer about the key may not be used.
    ///
    /// @param version what the answer tells of, null for an inactive token
    /// @param askedAt the [#epoch()] before it was asked for
    boolean isStale(UUID keyId, @Nullable Long version, long askedAt) {
        if (askedAt < everything.get()) {
            return true;
        }
        Eviction eviction = byKey.getIfPresent(keyId);
        if (eviction == null) {
            return false;
        }
        return version == null
                ? askedAt < eviction.latest
                : askedAt < eviction.unconditional || version < eviction.version;
    }

    private void evict(UUID keyId, Eviction eviction) {
        byKey.asMap().merge(keyId, eviction, Eviction::and);
    }

    private void forgotten(RemovalCause cause) {
        if (cause == RemovalCause.SIZE) {
            evictAll();
        }
    }
}

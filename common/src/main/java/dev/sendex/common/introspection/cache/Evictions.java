package dev.sendex.common.introspection.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Decides which responses are stale, whether they are cached or still in flight. Every use of a
/// response is checked here, so it does not matter whether a response or the change of the key
/// arrives first.
///
/// An eviction is kept for as long as any response to an earlier request could be used. If there
/// are too many evictions, all earlier responses are evicted instead.
///
/// The epoch is a counter, not a time: every eviction increments it.
@Singleton
class Evictions {

    private static final int CAPACITY = 100_000;

    private final AtomicLong epoch = new AtomicLong();
    private final AtomicLong everything = new AtomicLong();
    private final Cache<UUID, Eviction> byKey;

    /// @param version responses with an older version are evicted
    /// @param unconditional responses to requests before this epoch are evicted
    /// @param latest responses without a version to requests before this epoch are evicted
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
                        .evictionListener((_, _, cause) -> onEviction(cause))
                        .build();
    }

    /// The current epoch. Read it before sending a request.
    long epoch() {
        return epoch.get();
    }

    /// Evicts all responses about this key with an older version.
    void evict(UUID keyId, long version) {
        evict(keyId, new Eviction(version, 0, epoch.incrementAndGet()));
    }

    /// Evicts all responses about this key, cached or in flight, because the new version is
    /// unknown.
    void evict(UUID keyId) {
        long now = epoch.incrementAndGet();
        evict(keyId, new Eviction(0, now, now));
    }

    /// Evicts all responses, cached or in flight.
    void evictAll() {
        everything.accumulateAndGet(epoch.incrementAndGet(), Math::max);
    }

    /// Whether a response about the key must not be used.
    ///
    /// @param version the version in the response, null for an inactive token
    /// @param requestedAt the [#epoch()] before the request
    boolean isStale(UUID keyId, @Nullable Long version, long requestedAt) {
        if (requestedAt < everything.get()) {
            return true;
        }
        Eviction eviction = byKey.getIfPresent(keyId);
        if (eviction == null) {
            return false;
        }
        return version == null
                ? requestedAt < eviction.latest
                : requestedAt < eviction.unconditional || version < eviction.version;
    }

    private void evict(UUID keyId, Eviction eviction) {
        byKey.asMap().merge(keyId, eviction, Eviction::and);
    }

    private void onEviction(RemovalCause cause) {
        if (cause == RemovalCause.SIZE) {
            evictAll();
        }
    }
}

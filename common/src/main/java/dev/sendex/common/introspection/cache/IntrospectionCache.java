package dev.sendex.common.introspection.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.sendex.common.introspection.Introspection;
import dev.sendex.common.introspection.Introspection.Active;
import dev.sendex.common.introspection.Introspection.Inactive;
import dev.sendex.common.introspection.Introspection.Unavailable;
import dev.sendex.common.introspection.KeyGrant;
import dev.sendex.common.introspection.cache.IntrospectionCache.CacheEntry.Lookup;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The cached responses of key-service. Active and inactive ones have separate caches, so that
/// guessed tokens cannot evict real keys.
@Singleton
class IntrospectionCache {

    private final Cache<TokenDigest, CacheEntry> active;
    private final Cache<TokenDigest, CacheEntry> inactive;
    private final Evictions evictions;
    private final Clock clock;
    private final Ticker ticker;
    private final long freshFor;
    private final long inactiveFor;
    private final long refreshAfter;
    private final long refreshRetryDelay;

    IntrospectionCache(
            IntrospectionConfig config, Evictions evictions, Clock clock, Ticker ticker) {
        this.evictions = evictions;
        this.clock = clock;
        this.ticker = ticker;
        freshFor = config.freshFor().toNanos();
        inactiveFor = config.inactiveFor().toNanos();
        refreshAfter = config.refreshAfter().toNanos();
        refreshRetryDelay = config.retryAfter().toNanos();
        active = cache(config.capacity(), config.outageFor());
        inactive = cache(config.inactiveCapacity(), config.inactiveFor());
    }

    private Cache<TokenDigest, CacheEntry> cache(int capacity, Duration lifetime) {
        return Caffeine.newBuilder()
                .ticker(ticker)
                .executor(Runnable::run)
                .maximumSize(capacity)
                .expireAfterWrite(lifetime)
                .build();
    }

    /// Call it before sending a request.
    Lookup lookup() {
        return new Lookup(ticker.read(), evictions.epoch());
    }

    /// The latest response that is valid except for its age: it was not evicted, and its key has
    /// not expired.
    @Nullable CacheEntry find(TokenDigest token, UUID keyId) {
        CacheEntry entry = active.getIfPresent(token);
        if (entry == null) {
            entry = inactive.getIfPresent(token);
        }
        return entry == null || isInvalid(entry, keyId) ? null : entry;
    }

    /// Whether the last response about this token was active, even if it can no longer be used
    /// because the key has changed. It shows that the client is not guessing, not what the key may
    /// do.
    boolean wasActive(TokenDigest token) {
        return active.getIfPresent(token) != null;
    }

    boolean isFresh(CacheEntry entry) {
        long maxAge = entry.result() instanceof Active ? freshFor : inactiveFor;
        return entry.age(ticker.read()) < maxAge;
    }

    /// Whether the response should be refreshed in the background; true for only one caller at a
    /// time.
    boolean claimRefresh(CacheEntry entry) {
        long now = ticker.read();
        return entry.result() instanceof Active && entry.claimRefresh(now, now + refreshRetryDelay);
    }

    /// Caches the response, unless the key was changed during the lookup.
    ///
    /// @return whether the response may be used
    boolean put(TokenDigest token, UUID keyId, Introspection result, Lookup lookup) {
        CacheEntry entry = new CacheEntry(result, lookup, lookup.nanos() + refreshAfter);
        if (evictions.isStale(keyId, entry.version(), lookup.epoch())) {
            return false;
        }
        switch (result) {
            case Active _ -> {
                active.put(token, entry);
                inactive.invalidate(token);
            }
            case Inactive _ -> {
                inactive.put(token, entry);
                active.invalidate(token);
            }
            case Unavailable _ -> {
                // says nothing about the token
            }
        }
        return true;
    }

    /// The approximate number of cached active responses.
    long size() {
        active.cleanUp();
        return active.estimatedSize();
    }

    private boolean isInvalid(CacheEntry entry, UUID keyId) {
        return evictions.isStale(keyId, entry.version(), entry.lookup().epoch())
                || isExpired(entry.result());
    }

    private boolean isExpired(Introspection result) {
        return result instanceof Active(KeyGrant grant) && grant.isExpiredAt(clock.instant());
    }

    /// A response of key-service and the time of its request. Its age counts from the request, the
    /// last moment for which the response is certain.
    static final class CacheEntry {

        private final Introspection result;
        private final Lookup lookup;
        private final @Nullable Long version;
        private final AtomicLong refreshDueAt;

        /// When a request was sent.
        ///
        /// @param nanos the ticker's time
        /// @param epoch the evictions' epoch
        record Lookup(long nanos, long epoch) {}

        CacheEntry(Introspection result, Lookup lookup, long refreshDueAt) {
            this.result = result;
            this.lookup = lookup;
            version = result instanceof Active(KeyGrant grant) ? (Long) grant.version() : null;
            this.refreshDueAt = new AtomicLong(refreshDueAt);
        }

        Introspection result() {
            return result;
        }

        Lookup lookup() {
            return lookup;
        }

        long age(long now) {
            return now - lookup.nanos();
        }

        /// The version of the key; null for an inactive token.
        @Nullable Long version() {
            return version;
        }

        /// Whether a refresh is due; true for only one caller until `next`.
        boolean claimRefresh(long now, long next) {
            long due = refreshDueAt.get();
            return now - due >= 0 && refreshDueAt.compareAndSet(due, next);
        }
    }
}

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

/// What key-service said, as long as it may be repeated. Active and inactive answers are kept
/// apart, so that no amount of guessing pushes out a real key.
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
    private final long renewalPause;

    IntrospectionCache(
            IntrospectionConfig config, Evictions evictions, Clock clock, Ticker ticker) {
        this.evictions = evictions;
        this.clock = clock;
        this.ticker = ticker;
        freshFor = config.freshFor().toNanos();
        inactiveFor = config.inactiveFor().toNanos();
        refreshAfter = config.refreshAfter().toNanos();
        renewalPause = config.retryAfter().toNanos();
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

    /// To be called before asking.
    Lookup lookup() {
        return new Lookup(ticker.read(), evictions.epoch());
    }

    /// The latest answer that nothing speaks against but its age: not evicted, and of a key whose
    /// time has not run out.
    @Nullable CacheEntry find(TokenDigest token, UUID keyId) {
        CacheEntry known = active.getIfPresent(token);
        if (known == null) {
            known = inactive.getIfPresent(token);
        }
        return known == null || isInvalid(known, keyId) ? null : known;
    }

    /// Whether key-service last called the token active, even if that answer may not be used any
    /// more because the key has changed since. It tells who is no guesser, not what the key may do.
    boolean wasActive(TokenDigest token) {
        return active.getIfPresent(token) != null;
    }

    boolean isFresh(CacheEntry known) {
        long bound = known.answer() instanceof Active ? freshFor : inactiveFor;
        return known.age(ticker.read()) < bound;
    }

    /// Whether the answer should be renewed in the background; true for one caller at a time.
    boolean claimRenewal(CacheEntry known) {
        long now = ticker.read();
        return known.answer() instanceof Active && known.claimRenewal(now, now + renewalPause);
    }

    /// Remembers the answer, unless it was overtaken by a change of the key.
    ///
    /// @return whether it may be used
    boolean remember(TokenDigest token, UUID keyId, Introspection answer, Lookup lookup) {
        CacheEntry known = new CacheEntry(answer, lookup, lookup.nanos() + refreshAfter);
        if (evictions.isStale(keyId, known.version(), lookup.epoch())) {
            return false;
        }
        switch (answer) {
            case Active _ -> {
                active.put(token, known);
                inactive.invalidate(token);
            }
            case Inactive _ -> {
                inactive.put(token, known);
                active.invalidate(token);
            }
            case Unavailable _ -> {
                // says nothing about the token
            }
        }
        return true;
    }

    /// About how many active answers there are.
    long size() {
        active.cleanUp();
        return active.estimatedSize();
    }

    private boolean isInvalid(CacheEntry known, UUID keyId) {
        return evictions.isStale(keyId, known.version(), known.lookup().epoch())
                || isExpired(known.answer());
    }

    private boolean isExpired(Introspection answer) {
        return answer instanceof Active(KeyGrant grant) && grant.isExpiredAt(clock.instant());
    }

    /// An answer of key-service and when it was asked for. Age counts from the question: that is
    /// the last moment for which the answer surely holds.
    static final class CacheEntry {

        private final Introspection answer;
        private final Lookup lookup;
        private final @Nullable Long version;
        private final AtomicLong renewableAt;

        /// When something was asked.
        ///
        /// @param nanos the ticker's time
        /// @param epoch the evictions' epoch
        record Lookup(long nanos, long epoch) {}

        CacheEntry(Introspection answer, Lookup lookup, long renewableAt) {
            this.answer = answer;
            this.lookup = lookup;
            version = answer instanceof Active(KeyGrant grant) ? (Long) grant.version() : null;
            this.renewableAt = new AtomicLong(renewableAt);
        }

        Introspection answer() {
            return answer;
        }

        Lookup lookup() {
            return lookup;
        }

        long age(long now) {
            return now - lookup.nanos();
        }

        /// What version of the key it tells of; an inactive token has none.
        @Nullable Long version() {
            return version;
        }

        /// Whether it is time to ask again, true for one caller only until `next`.
        boolean claimRenewal(long now, long next) {
            long due = renewableAt.get();
            return now - due >= 0 && renewableAt.compareAndSet(due, next);
        }
    }
}

package dev.sendex.common.introspection;

import dev.sendex.common.introspection.Introspection.Active;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// An answer of key-service and when it was asked for. Age counts from the question: that is the
/// last moment for which the answer surely holds.
final class CacheEntry {

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

package dev.sendex.common.introspection.cache;

import dev.sendex.common.introspection.Introspection;
import dev.sendex.common.introspection.Introspection.Active;
import dev.sendex.common.introspection.Introspection.Inactive;
import dev.sendex.common.introspection.Introspection.Unavailable;
import dev.sendex.common.introspection.KeyGrant;
import dev.sendex.common.introspection.cache.IntrospectionCache.CacheEntry;
import dev.sendex.common.introspection.cache.IntrospectionCache.CacheEntry.Lookup;
import dev.sendex.common.runtime.SingleFlight;
import dev.sendex.common.token.ApiKeyToken;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/// The lookups in flight to key-service, at most one per token. A response is cached before it is
/// returned.
@Singleton
class InFlightLookups {

    private static final int MAX_ATTEMPTS = 2;

    private final SingleFlight<TokenDigest, Introspection> inFlight = new SingleFlight<>();
    private final IntrospectionEndpoint endpoint;
    private final IntrospectionCache cache;
    private final IntrospectionMetrics metrics;
    private final GuessLimit guesses;
    private final Clock clock;
    private final Unavailable unavailable;

    InFlightLookups(
            IntrospectionEndpoint endpoint,
            IntrospectionCache cache,
            IntrospectionMetrics metrics,
            IntrospectionConfig config,
            GuessLimit guesses,
            Clock clock) {
        this.endpoint = endpoint;
        this.cache = cache;
        this.metrics = metrics;
        this.guesses = guesses;
        this.clock = clock;
        unavailable = new Unavailable(config.retryAfter());
    }

    /// Joins the lookup in flight for this token, or starts one, even if nobody subscribes. Never
    /// fails.
    ///
    /// @param entry the cache entry that the caller found and cannot use
    /// @param client the address that sent the token
    Uni<Introspection> join(
            TokenDigest digest,
            ApiKeyToken token,
            @Nullable CacheEntry entry,
            @Nullable InetAddress client) {
        return inFlight.join(
                digest, () -> startUnlessCached(digest, token, entry, client), metrics::coalesced);
    }

    /// Another lookup may have ended between the caller's access to the cache and this one.
    private Uni<Introspection> startUnlessCached(
            TokenDigest digest,
            ApiKeyToken token,
            @Nullable CacheEntry entry,
            @Nullable InetAddress client) {
        CacheEntry latest = cache.find(digest, token.keyId());
        return latest != null && latest != entry && cache.isFresh(latest)
                ? Uni.createFrom().item(latest.result())
                : start(digest, token, client);
    }

    private Uni<Introspection> start(
            TokenDigest digest, ApiKeyToken token, @Nullable InetAddress client) {
        boolean wasActive = cache.wasActive(digest);
        return request(digest, token, wasActive, MAX_ATTEMPTS)
                .invoke(result -> countGuess(result, wasActive, client))
                .onFailure()
                .recoverWithItem(unavailable);
    }

    private void countGuess(Introspection result, boolean wasActive, @Nullable InetAddress client) {
        if (result instanceof Inactive && !wasActive) {
            guesses.count(client);
        }
    }

    private Uni<Introspection> request(
            TokenDigest digest, ApiKeyToken token, boolean wasActive, int attempts) {
        Lookup lookup = cache.lookup();
        Uni<Introspection> response =
                wasActive ? endpoint.introspectAgain(token) : endpoint.introspect(token);
        return response.map(this::checkExpiry)
                .chain(result ->
                        cache.put(digest, token.keyId(), result, lookup)
                                ? Uni.createFrom().item(result)
                                : retry(digest, token, wasActive, attempts - 1));
    }

    private Introspection checkExpiry(Introspection result) {
        return result instanceof Active(KeyGrant grant) && grant.isExpiredAt(clock.instant())
                ? new Inactive()
                : result;
    }

    /// The key was changed during the lookup, so the response may be outdated and is not used.
    private Uni<Introspection> retry(
            TokenDigest digest, ApiKeyToken token, boolean wasActive, int attempts) {
        return attempts > 0
                ? request(digest, token, wasActive, attempts)
                : Uni.createFrom().item(unavailable);
    }
}

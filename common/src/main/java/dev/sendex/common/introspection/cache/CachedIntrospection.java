package dev.sendex.common.introspection.cache;

import dev.sendex.common.introspection.Introspection;
import dev.sendex.common.introspection.Introspection.Active;
import dev.sendex.common.introspection.Introspection.Unavailable;
import dev.sendex.common.introspection.TokenIntrospector;
import dev.sendex.common.introspection.cache.IntrospectionCache.CacheEntry;
import dev.sendex.common.token.ApiKeyToken;
import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The [TokenIntrospector] of every service except key-service. It calls key-service and caches the
/// responses:
///
/// - an active response is used for 30 seconds, and refreshed in the background from the 20th on;
/// - an inactive one is used for 10 seconds;
/// - neither is used after a pushed change of the key, nor past its expiry;
/// - while key-service does not respond and pushed changes are known to arrive, an active response
///   is used for 5 minutes. Without the push it is used for 30 seconds, as always.
///
/// Otherwise the result is [Introspection.Unavailable].
@Singleton
@Startup // a setting that is missing must stop the start
@IfBuildProperty(name = "sendex.identity.authority", stringValue = "remote", enableIfMissing = true)
class CachedIntrospection implements TokenIntrospector {

    private final IntrospectionCache cache;
    private final InFlightLookups lookups;
    private final PushStream push;
    private final AuthorityHealth authority;
    private final IntrospectionMetrics metrics;

    CachedIntrospection(
            IntrospectionCache cache,
            InFlightLookups lookups,
            PushStream push,
            AuthorityHealth authority,
            IntrospectionMetrics metrics) {
        this.cache = cache;
        this.lookups = lookups;
        this.push = push;
        this.authority = authority;
        this.metrics = metrics;
    }

    @Override
    public Uni<Introspection> introspect(
            ApiKeyToken token, Supplier<@Nullable InetAddress> client) {
        TokenDigest digest = TokenDigest.of(token);
        CacheEntry entry = cache.find(digest, token.keyId());
        if (entry != null && cache.isFresh(entry)) {
            metrics.hit();
            return use(entry, digest, token);
        }
        if (entry != null && authority.isDown() && canServeStale(entry)) {
            metrics.outageAnswer();
            return use(entry, digest, token);
        }
        metrics.missed();
        return lookups.join(digest, token, entry, client.get())
                .map(result -> orStale(result, digest, token));
    }

    private Uni<Introspection> use(CacheEntry entry, TokenDigest digest, ApiKeyToken token) {
        if (cache.claimRefresh(entry)) {
            metrics.refreshed();
            Uni<Introspection> _ = lookups.join(digest, token, entry, null);
        }
        return Uni.createFrom().item(entry.result());
    }

    private Introspection orStale(Introspection result, TokenDigest digest, ApiKeyToken token) {
        if (!(result instanceof Unavailable)) {
            return result;
        }
        CacheEntry entry = cache.find(digest, token.keyId());
        if (entry != null && canServeStale(entry)) {
            metrics.outageAnswer();
            return entry.result();
        }
        metrics.unavailable();
        return result;
    }

    /// Whether a stale response may be used in an outage. Active responses are removed from the
    /// cache after the 5 minutes.
    private boolean canServeStale(CacheEntry entry) {
        return entry.result() instanceof Active && push.isHealthy();
    }
}

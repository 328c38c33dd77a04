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
        CacheEntry known = cache.find(digest, token.keyId());
        if (known != null && cache.isFresh(known)) {
            metrics.hit();
            return use(known, digest, token);
        }
        if (known != null && authority.isDown() && bridgesOutage(known)) {
            metrics.outageAnswer();
            return use(known, digest, token);
        }
        metrics.missed();
        return lookups.join(digest, token, known, client.get())
                .map(answer -> bridge(answer, digest, token));
    }

    private Uni<Introspection> use(CacheEntry known, TokenDigest digest, ApiKeyToken token) {
        if (cache.claimRenewal(known)) {
            metrics.refreshed();
            Uni<Introspection> _ = lookups.join(digest, token, known, null);
        }
        return Uni.createFrom().item(known.answer());
    }

    private Introspection bridge(Introspection answer, TokenDigest digest, ApiKeyToken token) {
        if (!(answer instanceof Unavailable)) {
            return answer;
        }
        CacheEntry known = cache.find(digest, token.keyId());
        if (known != null && bridgesOutage(known)) {
            metrics.outageAnswer();
            return known.answer();
        }
        metrics.unavailable();
        return answer;
    }

    /// Active responses are removed from the cache after the 5 minutes.
    private boolean bridgesOutage(CacheEntry known) {
        return known.answer() instanceof Active && push.isHealthy();
    }
}

package dev.sendex.common.introspection;

import dev.sendex.common.introspection.Introspection.Active;
import dev.sendex.common.introspection.Introspection.Unavailable;
import dev.sendex.common.token.ApiKeyToken;
import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The [TokenIntrospector] of every service but key-service. It asks key-service and remembers:
///
/// - an active answer is used for 30 seconds, and renewed in the background from the 20th on;
/// - an inactive one for 10 seconds;
/// - neither past a pushed change of the key, nor past its expiry;
/// - while key-service does not answer and pushed changes are known to arrive, an active answer is
///   used for 5 minutes. Without the push it ends after 30 seconds as always.
///
/// Whatever is not known then is [Introspection.Unavailable].
@Singleton
@Startup // a setting that is missing must stop the start
@IfBuildProperty(name = "sendex.identity.authority", stringValue = "remote", enableIfMissing = true)
class CachedIntrospection implements TokenIntrospector {

    private final AnswerMemory memory;
    private final Flights flights;
    private final PushStream push;
    private final AuthorityHealth authority;
    private final IntrospectionMetrics metrics;

    CachedIntrospection(
            AnswerMemory memory,
            Flights flights,
            PushStream push,
            AuthorityHealth authority,
            IntrospectionMetrics metrics) {
        this.memory = memory;
        this.flights = flights;
        this.push = push;
        this.authority = authority;
        this.metrics = metrics;
    }

    @Override
    public Uni<Introspection> introspect(
            ApiKeyToken token, Supplier<@Nullable InetAddress> client) {
        TokenDigest digest = TokenDigest.of(token);
        RememberedAnswer known = memory.find(digest, token.keyId());
        if (known != null && memory.isFresh(known)) {
            metrics.hit();
            return use(known, digest, token);
        }
        if (known != null && authority.isDown() && bridgesOutage(known)) {
            metrics.outageAnswer();
            return use(known, digest, token);
        }
        metrics.missed();
        return flights.join(digest, token, known, client.get())
                .map(answer -> bridge(answer, digest, token));
    }

    private Uni<Introspection> use(RememberedAnswer known, TokenDigest digest, ApiKeyToken token) {
        if (memory.claimRenewal(known)) {
            metrics.refreshed();
            Uni<Introspection> _ = flights.join(digest, token, known, null);
        }
        return Uni.createFrom().item(known.answer());
    }

    private Introspection bridge(Introspection answer, TokenDigest digest, ApiKeyToken token) {
        if (!(answer instanceof Unavailable)) {
            return answer;
        }
        RememberedAnswer known = memory.find(digest, token.keyId());
        if (known != null && bridgesOutage(known)) {
            metrics.outageAnswer();
            return known.answer();
        }
        metrics.unavailable();
        return answer;
    }

    /// Active answers leave the memory after the 5 minutes by themselves.
    private boolean bridgesOutage(RememberedAnswer known) {
        return known.answer() instanceof Active && push.isHealthy();
    }
}

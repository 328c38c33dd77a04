package dev.sendex.common.introspection;

import dev.sendex.common.introspection.Introspection.Active;
import dev.sendex.common.introspection.Introspection.Unavailable;
import dev.sendex.common.token.ApiKeyToken;
import io.quarkus.arc.properties.IfBuildProperty;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;

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
    public Uni<Introspection> introspect(ApiKeyToken token) {
        TokenDigest digest = TokenDigest.of(token);
        RememberedAnswer known = memory.find(digest, token.keyId());
        if (known != null && memory.isFresh(known)) {
            metrics.hit();
            renewIfDue(known, digest, token);
            return Uni.createFrom().item(known.answer());
        }
        if (known != null && authority.isDown() && bridgesOutage(known)) {
            metrics.outageAnswer();
            renewIfDue(known, digest, token);
            return Uni.createFrom().item(known.answer());
        }
        metrics.missed();
        return onCallersContext(flights.join(digest, token, known))
                .map(answer -> bridge(answer, digest, token));
    }

    private void renewIfDue(RememberedAnswer known, TokenDigest digest, ApiKeyToken token) {
        if (memory.claimRenewal(known)) {
            metrics.refreshed();
            CompletableFuture<Introspection> _ = flights.join(digest, token, known);
        }
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

    /// The copy keeps a caller who gives up from cancelling the question for the others.
    private static Uni<Introspection> onCallersContext(CompletableFuture<Introspection> flight) {
        Context caller = Vertx.currentContext();
        Uni<Introspection> answer = Uni.createFrom().completionStage(flight.copy());
        return caller == null ? answer : answer.emitOn(MutinyHelper.executor(caller));
    }
}

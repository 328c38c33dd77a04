package dev.sendex.common.introspection;

import dev.sendex.common.introspection.Introspection.Active;
import dev.sendex.common.introspection.Introspection.Inactive;
import dev.sendex.common.introspection.Introspection.Unavailable;
import dev.sendex.common.introspection.RememberedAnswer.Question;
import dev.sendex.common.token.ApiKeyToken;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// The questions under way to key-service, at most one for each token, whoever and how many want to
/// know. A caller who stops waiting spoils it for no one.
@Singleton
class Flights {

    private static final int ATTEMPTS = 2;

    private final ConcurrentMap<TokenDigest, CompletableFuture<Introspection>> underWay =
            new ConcurrentHashMap<>();
    private final IntrospectionEndpoint endpoint;
    private final AnswerMemory memory;
    private final IntrospectionMetrics metrics;
    private final Clock clock;
    private final Unavailable unavailable;

    Flights(
            IntrospectionEndpoint endpoint,
            AnswerMemory memory,
            IntrospectionMetrics metrics,
            IntrospectionConfig config,
            Clock clock) {
        this.endpoint = endpoint;
        this.memory = memory;
        this.metrics = metrics;
        this.clock = clock;
        unavailable = new Unavailable(config.retryAfter());
    }

    /// Joins the question under way about this token, or asks it. The answer is remembered before
    /// anyone gets it. Arrives on whatever thread; never fails.
    ///
    /// @param known what the caller found in the memory and does not content itself with
    CompletableFuture<Introspection> join(
            TokenDigest digest, ApiKeyToken token, @Nullable RememberedAnswer known) {
        CompletableFuture<Introspection> mine = new CompletableFuture<>();
        CompletableFuture<Introspection> other = underWay.putIfAbsent(digest, mine);
        if (other != null) {
            metrics.coalesced();
            return other;
        }
        RememberedAnswer latest = memory.find(digest, token.keyId());
        if (latest != null && latest != known && memory.isFresh(latest)) {
            land(digest, mine, latest.answer()); // by a flight that just ended
        } else {
            ask(digest, token, ATTEMPTS)
                    .subscribe()
                    .with(
                            answer -> land(digest, mine, answer),
                            _ -> land(digest, mine, unavailable));
        }
        return mine;
    }

    private void land(
            TokenDigest digest, CompletableFuture<Introspection> flight, Introspection answer) {
        underWay.remove(digest, flight);
        flight.complete(answer);
    }

    private Uni<Introspection> ask(TokenDigest digest, ApiKeyToken token, int attempts) {
        Question question = memory.question();
        return endpoint.ask(token)
                .map(this::judgeExpiry)
                .chain(answer -> remember(digest, token, answer, question, attempts));
    }

    private Introspection judgeExpiry(Introspection answer) {
        return answer instanceof Active(KeyGrant grant) && grant.isExpiredAt(clock.instant())
                ? new Inactive()
                : answer;
    }

    /// An answer that a change of the key overtook may be outdated: it is neither remembered nor
    /// used, but asked for again.
    private Uni<Introspection> remember(
            TokenDigest digest,
            ApiKeyToken token,
            Introspection answer,
            Question question,
            int attempts) {
        if (memory.remember(digest, token.keyId(), answer, question)) {
            return Uni.createFrom().item(answer);
        }
        return attempts > 1 ? ask(digest, token, attempts - 1) : Uni.createFrom().item(unavailable);
    }
}

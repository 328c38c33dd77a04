package dev.sendex.common.runtime;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/// Questions under way to somebody else, at most one about each thing, whoever and how many want to
/// know. A caller who stops waiting spoils it for no one.
///
/// @param <K> the thing
/// @param <T> the answer
public final class SingleFlight<K, T> {

    private final ConcurrentMap<K, CompletableFuture<T>> underWay = new ConcurrentHashMap<>();

    /// Joins the question under way, or asks at once, without waiting for a subscriber. The answer
    /// arrives on the caller's Vert.x context where there is one.
    ///
    /// @param question asks; must not block
    /// @param joined is told when another's question was joined
    public Uni<T> join(K about, Supplier<Uni<? extends T>> question, Runnable joined) {
        CompletableFuture<T> mine = new CompletableFuture<>();
        CompletableFuture<T> other = underWay.putIfAbsent(about, mine);
        if (other != null) {
            joined.run();
            return onCallersContext(other);
        }
        Uni.createFrom()
                .deferred(question)
                .onTermination()
                .invoke(() -> underWay.remove(about, mine))
                .subscribe()
                .with(mine::complete, mine::completeExceptionally);
        return onCallersContext(mine);
    }

    /// The copy keeps a caller who gives up from cancelling the question for the others.
    private static <T> Uni<T> onCallersContext(CompletableFuture<T> flight) {
        Context caller = Vertx.currentContext();
        Uni<T> answer = Uni.createFrom().completionStage(flight.copy());
        return caller == null ? answer : answer.emitOn(MutinyHelper.executor(caller));
    }
}

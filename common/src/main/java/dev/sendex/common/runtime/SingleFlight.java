package dev.sendex.common.runtime;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/// Asynchronous calls of which at most one per key is in flight; concurrent callers share it. A
/// caller who cancels does not affect the others.
///
/// @param <K> the key
/// @param <T> the result
public final class SingleFlight<K, T> {

    private final ConcurrentMap<K, CompletableFuture<T>> inFlight = new ConcurrentHashMap<>();

    /// Joins the call in flight, or starts it immediately, without waiting for a subscriber. The
    /// result arrives on the caller's Vert.x context, if there is one.
    ///
    /// @param call must not block
    /// @param joined runs if a call in flight was joined
    public Uni<T> join(K key, Supplier<Uni<? extends T>> call, Runnable joined) {
        CompletableFuture<T> own = new CompletableFuture<>();
        CompletableFuture<T> other = inFlight.putIfAbsent(key, own);
        if (other != null) {
            joined.run();
            return onCallersContext(other);
        }
        Uni.createFrom()
                .deferred(call)
                .onTermination()
                .invoke(() -> inFlight.remove(key, own))
                .subscribe()
                .with(own::complete, own::completeExceptionally);
        return onCallersContext(own);
    }

    /// The copy prevents a caller who cancels from cancelling the call for the others.
    private static <T> Uni<T> onCallersContext(CompletableFuture<T> call) {
        Context caller = Vertx.currentContext();
        Uni<T> result = Uni.createFrom().completionStage(call.copy());
        return caller == null ? result : result.emitOn(MutinyHelper.executor(caller));
    }
}

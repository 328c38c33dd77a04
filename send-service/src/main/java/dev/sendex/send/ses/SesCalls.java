package dev.sendex.send.ses;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// Delivers the SDK's answers, which arrive on its own threads, on the caller's Vert.x context,
/// which later database queries need.
final class SesCalls {

    private SesCalls() {}

    static <T> Uni<T> call(Supplier<? extends CompletionStage<T>> request) {
        return Uni.createFrom()
                .deferred(() -> {
                    Context caller = Vertx.currentContext();
                    Uni<T> answer =
                            Uni.createFrom()
                                    .completionStage(request)
                                    .onFailure(CompletionException.class)
                                    .transform(SesCalls::cause);
                    return caller == null ? answer : answer.emitOn(MutinyHelper.executor(caller));
                });
    }

    private static Throwable cause(Throwable wrapped) {
        Throwable cause = wrapped.getCause();
        return cause == null ? wrapped : cause;
    }
}

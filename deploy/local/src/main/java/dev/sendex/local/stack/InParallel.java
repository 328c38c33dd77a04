package dev.sendex.local.stack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Work that goes on side by side, and is broken off as soon as some of it fails.
final class InParallel implements AutoCloseable {

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final List<CompletableFuture<?>> works = new ArrayList<>();
    private final CompletableFuture<Void> failure = new CompletableFuture<>();

    <T> CompletableFuture<T> submit(Parts.Start<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        works.add(result);
        executor.execute(() -> run(work, result));
        return result;
    }

    void execute(Work work) {
        CompletableFuture<?> _ =
                submit(() -> {
                    work.run();
                    return work;
                });
    }

    /// Waits until all is done, or one has failed.
    void await() throws IOException {
        try {
            CompletableFuture<Void> all =
                    CompletableFuture.allOf(works.toArray(CompletableFuture[]::new));
            CompletableFuture.anyOf(all, failure).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof IOException expected
                    ? expected
                    : new IOException("unexpected: " + e.getCause(), e);
        }
    }

    /// Breaks off what still runs.
    @Override
    public void close() {
        executor.shutdownNow();
    }

    private <T> void run(Parts.Start<T> work, CompletableFuture<T> result) {
        try {
            result.complete(work.start());
        } catch (IOException | RuntimeException e) {
            failure.completeExceptionally(e);
        }
    }

    /// Work without a result.
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }
}

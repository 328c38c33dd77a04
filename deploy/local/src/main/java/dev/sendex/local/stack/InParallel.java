package dev.sendex.local.stack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Runs tasks in parallel, and cancels them as soon as one fails.
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

    /// Waits until all tasks are done or one has failed.
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

    /// Interrupts tasks that are still running, and returns once they have ended.
    @Override
    public void close() {
        executor.shutdownNow();
        executor.close();
    }

    private <T> void run(Parts.Start<T> work, CompletableFuture<T> result) {
        try {
            result.complete(work.start());
        } catch (IOException | RuntimeException e) {
            failure.completeExceptionally(e);
        }
    }

    /// A task without a result.
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }
}

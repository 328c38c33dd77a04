package dev.sendex.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Runs the same work repeatedly with several workers.
final class InParallel {

    private InParallel() {}

    static <T> List<T> times(int count, int workers, Callable<T> work)
            throws IOException, InterruptedException {
        try (ExecutorService executor =
                Executors.newFixedThreadPool(workers, Thread.ofVirtual().factory())) {
            List<Future<T>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(executor.submit(work));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : all) {
                results.add(one.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IOException("it failed: " + e.getCause(), e);
        }
    }
}

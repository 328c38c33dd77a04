package dev.sendex.common.database;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Lets concurrent callers share statements. An item that arrives while no flush is under way is
/// flushed at once; items that arrive meanwhile go together into the next flush. So nothing waits
/// on an idle system, and a busy one needs one statement and one commit for many items.
///
/// Results are delivered on the Vert.x context from which the item was submitted.
///
/// @param <T> an item
/// @param <R> its result
public final class Batcher<T, R> {

    private final Limits limits;
    private final ToLongFunction<T> size;
    private final Function<List<T>, Uni<List<R>>> flush;
    private final Queue<Submission<T, R>> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private int flushes;

    /// How much is flushed together and may wait.
    ///
    /// @param items the maximum number of items per flush
    /// @param bytes the maximum size of a flush; a single item may exceed it
    /// @param waiting the maximum number of items that wait for a flush
    /// @param waitingBytes the size of waiting items at which further ones are refused
    /// @param flushes the maximum number of flushes at a time
    public record Limits(int items, long bytes, int waiting, long waitingBytes, int flushes) {

        /// For items that are small, so that their number limits their size.
        public static Limits ofItems(int items, int waiting, int flushes) {
            return new Limits(items, Long.MAX_VALUE, waiting, Long.MAX_VALUE, flushes);
        }
    }

    /// Too many items are waiting.
    public static final class Full extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Full() {
            super("too many items are waiting for the database", null, false, false);
        }
    }

    private record Submission<T, R>(
            T item, UniEmitter<? super R> caller, @Nullable Context context) {

        void succeed(R result) {
            onContext(() -> caller.complete(result));
        }

        void fail(Throwable failure) {
            onContext(() -> caller.fail(failure));
        }

        private void onContext(Runnable answer) {
            if (context == null) {
                answer.run();
            } else {
                context.runOnContext(_ -> answer.run());
            }
        }
    }

    /// Flushes by a function.
    ///
    /// @param size the size of an item in bytes
    /// @param flush reads or writes the items and returns their results in the same order. If the
    ///   database is unavailable, all items that wait fail too, so that a hanging database keeps
    ///   nobody waiting for several flushes. If it fails for a reason that is not temporary, each
    ///   half of the items is flushed alone, so that an item that the database refuses fails only
    ///   itself.
    public Batcher(Limits limits, ToLongFunction<T> size, Function<List<T>, Uni<List<R>>> flush) {
        this.limits = limits;
        this.size = size;
        this.flush = flush;
    }

    /// The item's result. Fails with [Full] if too many items are waiting.
    public Uni<R> submit(T item) {
        return Uni.createFrom()
                .emitter(caller -> start(new Submission<>(item, caller, Vertx.currentContext())));
    }

    private void start(Submission<T, R> submission) {
        if (!enqueue(submission)) {
            submission.fail(new Full());
            return;
        }
        flush(next());
    }

    private synchronized boolean enqueue(Submission<T, R> submission) {
        if (waiting.size() >= limits.waiting() || waitingBytes >= limits.waitingBytes()) {
            return false;
        }
        waitingBytes += size.applyAsLong(submission.item());
        return waiting.add(submission);
    }

    private synchronized List<Submission<T, R>> next() {
        List<Submission<T, R>> next = new ArrayList<>();
        if (flushes == limits.flushes()) {
            return next;
        }
        long bytes = 0;
        while (next.size() < limits.items() && !waiting.isEmpty()) {
            long itemBytes = size.applyAsLong(waiting.element().item());
            bytes += itemBytes;
            if (bytes > limits.bytes() && !next.isEmpty()) {
                break;
            }
            next.add(waiting.remove());
            waitingBytes -= itemBytes;
        }
        if (!next.isEmpty()) {
            flushes++;
        }
        return next;
    }

    private void flush(List<Submission<T, R>> batch) {
        if (!batch.isEmpty()) {
            flushed(batch).subscribe().with(_ -> flushNext(), _ -> flushNext());
        }
    }

    private void flushNext() {
        synchronized (this) {
            flushes--;
        }
        flush(next());
    }

    private Uni<Void> flushed(List<Submission<T, R>> batch) {
        return Uni.createFrom()
                .deferred(() -> flush.apply(batch.stream().map(Submission::item).toList()))
                .invoke(results -> succeed(batch, results))
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> failed(batch, failure));
    }

    private Uni<Void> failed(List<Submission<T, R>> batch, Throwable failure) {
        boolean temporary = DatabaseFailures.isTemporary(failure);
        if (temporary || batch.size() == 1) {
            batch.forEach(submission -> submission.fail(failure));
            if (temporary && !DatabaseFailures.isConflict(failure)) {
                allWaiting().forEach(submission -> submission.fail(failure));
            }
            return Uni.createFrom().voidItem();
        }
        int half = batch.size() / 2;
        return flushed(batch.subList(0, half))
                .chain(() -> flushed(batch.subList(half, batch.size())));
    }

    private synchronized List<Submission<T, R>> allWaiting() {
        List<Submission<T, R>> all = List.copyOf(waiting);
        waiting.clear();
        waitingBytes = 0;
        return all;
    }

    private static <T, R> void succeed(List<Submission<T, R>> batch, List<R> results) {
        if (results.size() != batch.size()) {
            throw new IllegalStateException(
                    "%d results for %d items".formatted(results.size(), batch.size()));
        }
        for (int i = 0; i < results.size(); i++) {
            batch.get(i).succeed(results.get(i));
        }
    }
}

package dev.sendex.local.stack;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/// The parts that have been started. They are stopped in reverse order when the stack ends, or when
/// its start fails or is interrupted.
final class Parts implements AutoCloseable {

    private static final long TIMEOUT_MILLIS = 20_000;

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private int starting;
    private boolean ended;

    /// Starts a part, unless the stack is being stopped.
    <T extends AutoCloseable> T start(Start<T> start) throws IOException {
        synchronized (this) {
            if (ended) {
                throw new StackFailure("The stack is being stopped.");
            }
            starting++;
        }
        try {
            T part = start.start();
            synchronized (this) {
                started.push(part);
            }
            return part;
        } finally {
            synchronized (this) {
                starting--;
                notifyAll();
            }
        }
    }

    /// Stops all parts and prevents further starts. If a part fails to stop, the others are still
    /// stopped.
    @Override
    public synchronized void close() {
        ended = true;
        awaitStarting();
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                System.err.println("A part of the stack did not stop cleanly: " + e);
            }
        }
    }

    private synchronized void awaitStarting() {
        long deadline = System.currentTimeMillis() + TIMEOUT_MILLIS;
        try {
            while (starting > 0 && System.currentTimeMillis() < deadline) {
                wait(TIMEOUT_MILLIS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @FunctionalInterface
    interface Start<T> {
        T start() throws IOException;
    }
}

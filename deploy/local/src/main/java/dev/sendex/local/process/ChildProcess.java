package dev.sendex.local.process;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A child process that writes to a log file and never outlives its parent.
///
/// It ignores Ctrl-C, so that its parent decides when and in which order its children stop.
public final class ChildProcess implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(20);

    private final String name;
    private final LogEnd log;
    private final Process process;
    private final Guard guard;

    private ChildProcess(String name, LogEnd log, Process process, Guard guard) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.guard = guard;
    }

    /// Starts a program.
    ///
    /// @param name its name in messages
    /// @param log the file that its output is appended to
    public static ChildProcess start(
            String name, List<String> command, Map<String, String> environment, Path log)
            throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        LogEnd end = LogEnd.present(log);
        List<String> deafToInterrupts =
                new ArrayList<>(List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
        deafToInterrupts.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(deafToInterrupts)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        Guard guard = Guard.over(process.pid(), "TERM");
        return new ChildProcess(name, end, process, guard);
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public Path log() {
        return log.log();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public CompletableFuture<ChildProcess> onExit() {
        return process.onExit().thenApply(_ -> this);
    }

    /// Completes when the program exits, with its status and the time.
    public CompletableFuture<ChildFailure> ended() {
        return process.onExit()
                .thenApply(_ ->
                        failure(
                                "ended with %s at %s"
                                        .formatted(
                                                status(),
                                                Instant.now().truncatedTo(ChronoUnit.SECONDS))));
    }

    /// Waits until the program has printed this line.
    public void awaitLine(String line, Duration limit) throws IOException {
        awaitUntil(() -> log.text().lines().anyMatch(line::equals), limit);
    }

    /// Waits for a condition while the program runs; checks it once more when the program exits.
    public void awaitUntil(Condition condition, Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (boolean alive = process.isAlive(); !condition.holds(); alive = process.isAlive()) {
            if (!alive) {
                throw failure("ended with " + status());
            }
            if (System.nanoTime() > deadline) {
                throw failure("was not ready after %d s".formatted(limit.toSeconds()));
            }
            pause();
        }
    }

    /// Waits until the program exits, which must be with status 0.
    public void awaitSuccess(Duration limit) throws IOException {
        try {
            if (!process.waitFor(limit)) {
                throw failure("had not ended after %d s".formatted(limit.toSeconds()));
            }
        } catch (InterruptedException _) {
            throw interrupted();
        }
        if (process.exitValue() != 0) {
            throw failure("ended with " + status());
        }
    }

    /// The last lines of its log since it was started, without the frames of stack traces.
    public List<String> lastLines(int limit) {
        return log.lastLines(limit);
    }

    /// A failure of this program, with the end of its log.
    public ChildFailure failure(String what) {
        return ChildFailure.of(name, what, log);
    }

    /// Sends SIGTERM to the program without waiting.
    public void terminate() {
        process.destroy();
    }

    /// Sends SIGTERM to the program, and SIGKILL if it has not exited after ten seconds. Returns
    /// once it has exited, even if the thread is interrupted.
    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        process.destroyForcibly().onExit().join();
        guard.close();
    }

    /// Java reports a signal like shells do, as 128 plus its number.
    private String status() {
        int status = process.exitValue();
        return status > 128 && status < 160
                ? "status %d (killed by signal %d)".formatted(status, status - 128)
                : "status " + status;
    }

    private static void pause() throws InterruptedIOException {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException _) {
            throw interrupted();
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted");
    }

    /// Something that becomes true.
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws IOException;
    }
}

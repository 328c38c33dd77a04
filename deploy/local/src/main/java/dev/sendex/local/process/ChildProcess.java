package dev.sendex.local.process;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A program that runs as a child of this one, writes to a log file, and never outlives its parent.
///
/// It does not see the Ctrl-C that its parent sees: the parent decides when and in what order its
/// children end.
public final class ChildProcess implements AutoCloseable {

    private static final int MAX_END = 64 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(20);

    private final String name;
    private final Path log;
    private final long logStart;
    private final Process process;
    private final Guard guard;

    private ChildProcess(String name, Path log, long logStart, Process process, Guard guard) {
        this.name = name;
        this.log = log;
        this.logStart = logStart;
        this.process = process;
        this.guard = guard;
    }

    /// Starts a program.
    ///
    /// @param name how people know it
    /// @param log where its output is added
    public static ChildProcess start(
            String name, List<String> command, Map<String, String> environment, Path log)
            throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        long logStart = Files.exists(log) ? Files.size(log) : 0;
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
        return new ChildProcess(name, log, logStart, process, guard);
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public Path log() {
        return log;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public CompletableFuture<ChildProcess> onExit() {
        return process.onExit().thenApply(_ -> this);
    }

    /// Waits until the program has written this line.
    public void awaitLine(String line, Duration limit) throws IOException {
        awaitUntil(() -> output().lines().anyMatch(line::equals), limit);
    }

    /// Waits for a condition, as long as the program lives.
    public void awaitUntil(Condition condition, Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.holds()) {
            if (!process.isAlive()) {
                throw new ChildFailure(this, "ended with status " + process.exitValue());
            }
            if (System.nanoTime() > deadline) {
                throw new ChildFailure(
                        this, "was not ready after %d s".formatted(limit.toSeconds()));
            }
            pause();
        }
    }

    /// Its last lines since it was started, without the frames of stack traces.
    public List<String> lastLines(int limit) {
        try {
            List<String> lines = end().lines().filter(ChildProcess::isTelling).toList();
            return lines.subList(Math.max(0, lines.size() - limit), lines.size());
        } catch (IOException _) {
            return List.of();
        }
    }

    /// That this program did not do what it was started for.
    public ChildFailure failure(String what) {
        return new ChildFailure(this, what);
    }

    /// Asks the program to end and does not wait for it.
    public void askToEnd() {
        process.destroy();
    }

    /// Asks the program to end, and makes it end where it does not within ten seconds.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        guard.close();
    }

    private static boolean isTelling(String line) {
        return !line.isBlank() && !line.matches("\\s+(at |\\.\\.\\. \\d+ more).*");
    }

    private String output() throws IOException {
        return logFrom(logStart);
    }

    /// A log may have grown larger than memory.
    private String end() throws IOException {
        return logFrom(Math.max(logStart, Files.size(log) - MAX_END));
    }

    private String logFrom(long start) throws IOException {
        try (var channel = Files.newByteChannel(log)) {
            channel.position(start);
            var bytes = Channels.newInputStream(channel).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// Something that becomes true.
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws IOException;
    }
}

package dev.sendex.local.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Limits the size of a directory's logs while programs write to them: a log that is too large is
/// copied to `name.log.1` and truncated, earlier copies are renumbered, and the oldest is deleted.
///
/// Programs must open their logs for appending. Output between copying and truncating, some
/// microseconds, is lost.
public final class LogRotation implements AutoCloseable {

    private static final long MAX_BYTES = 10 * 1024 * 1024;
    private static final int MAX_COPIES = 3;
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Path directory;
    private final long maxBytes;
    private final int maxCopies;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("log-rotation").daemon().factory());

    LogRotation(Path directory, long maxBytes, int maxCopies) {
        this.directory = directory;
        this.maxBytes = maxBytes;
        this.maxCopies = maxCopies;
    }

    /// Rotates the directory's logs until it is closed, with 10 MB per log and three copies.
    public static LogRotation start(Path directory) throws IOException {
        Files.createDirectories(directory);
        return new LogRotation(directory, MAX_BYTES, MAX_COPIES).startEvery(INTERVAL);
    }

    LogRotation startEvery(Duration interval) {
        var _ =
                thread.scheduleWithFixedDelay(
                        this::rotateOrReport, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    /// Rotates every log that is too large.
    void rotate() throws IOException {
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(directory, "*.log")) {
            for (Path log : logs) {
                if (Files.size(log) > maxBytes) {
                    rotate(log);
                }
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void rotateOrReport() {
        try {
            rotate();
        } catch (IOException | RuntimeException e) {
            System.err.println("The logs could not be rotated: " + e);
        }
    }

    private void rotate(Path log) throws IOException {
        for (int copy = maxCopies; copy > 1; copy--) {
            if (Files.exists(copy(log, copy - 1))) {
                Files.move(
                        copy(log, copy - 1), copy(log, copy), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Path newest = copy(log, 1);
        Files.deleteIfExists(newest);
        Files.createFile(
                newest,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel from =
                        FileChannel.open(log, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileChannel to = FileChannel.open(newest, StandardOpenOption.WRITE)) {
            long position = 0;
            while (position < from.size()) {
                position += from.transferTo(position, from.size() - position, to);
            }
            from.truncate(0);
        }
    }

    private static Path copy(Path log, int number) {
        return log.resolveSibling(log.getFileName() + "." + number);
    }
}

package dev.sendex.local.process;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The part of a log after a position. If it was rotated meanwhile, it is read from its start.
record LogEnd(Path log, long start) {

    private static final int MAX_END = 64 * 1024;

    /// The part after the current end.
    static LogEnd present(Path log) throws IOException {
        return new LogEnd(log, Files.exists(log) ? Files.size(log) : 0);
    }

    String text() throws IOException {
        return textFrom(Files.size(log) < start ? 0 : start);
    }

    /// The last lines, without the frames of stack traces.
    List<String> lastLines(int limit) {
        try {
            // A log may have grown larger than memory.
            long size = Files.size(log);
            String end = textFrom(Math.max(size < start ? 0 : start, size - MAX_END));
            List<String> lines = end.lines().filter(LogEnd::isRelevant).toList();
            return lines.subList(Math.max(0, lines.size() - limit), lines.size());
        } catch (IOException _) {
            return List.of();
        }
    }

    private static boolean isRelevant(String line) {
        return !line.isBlank() && !line.matches("\\s+(at |\\.\\.\\. \\d+ more).*");
    }

    private String textFrom(long position) throws IOException {
        try (var channel = Files.newByteChannel(log)) {
            channel.position(position);
            var bytes = Channels.newInputStream(channel).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}

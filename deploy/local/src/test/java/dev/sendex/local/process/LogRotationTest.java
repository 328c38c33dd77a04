package dev.sendex.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogRotationTest {

    private final Path directory;
    private final Path log;

    LogRotationTest(@TempDir Path directory) {
        this.directory = directory;
        this.log = directory.resolve("service.log");
    }

    @Test
    void programs_continue_to_write_to_the_truncated_log() throws Exception {
        try (LogRotation rotation = new LogRotation(directory, 10, 2);
                OutputStream writer = new FileOutputStream(log.toFile(), true)) {
            write(writer, "a line that is too long\n");
            rotation.rotate();
            write(writer, "short\n");

            assertThat(log).hasContent("short\n");
            assertThat(directory.resolve("service.log.1")).hasContent("a line that is too long\n");
            assertThat(Files.getPosixFilePermissions(directory.resolve("service.log.1")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void a_small_log_is_not_rotated() throws Exception {
        Files.writeString(log, "0123456789");
        try (LogRotation rotation = new LogRotation(directory, 10, 2)) {
            rotation.rotate();
            assertThat(files()).isEqualTo(Map.of("service.log", "0123456789"));
        }
    }

    @Test
    void the_oldest_copy_is_deleted() throws Exception {
        try (LogRotation rotation = new LogRotation(directory, 3, 2)) {
            for (String text : new String[] {"first", "second", "third", "fourth"}) {
                Files.writeString(log, text);
                rotation.rotate();
            }
            assertThat(files())
                    .isEqualTo(
                            Map.of(
                                    "service.log", "",
                                    "service.log.1", "fourth",
                                    "service.log.2", "third"));
        }
    }

    @Test
    void logs_are_rotated_while_the_stack_runs() throws Exception {
        try (LogRotation _ = new LogRotation(directory, 3, 2).startEvery(Duration.ofMillis(10));
                OutputStream writer = new FileOutputStream(log.toFile(), true)) {
            write(writer, "much\n");
            await().until(() ->
                    files().equals(Map.of("service.log", "", "service.log.1", "much\n")));
        }
    }

    private static void write(OutputStream writer, String text) throws IOException {
        writer.write(text.getBytes(StandardCharsets.UTF_8));
        writer.flush();
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> files = new java.util.HashMap<>();
        try (Stream<Path> all = Files.list(directory)) {
            for (Path file : all.toList()) {
                files.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return files;
    }
}

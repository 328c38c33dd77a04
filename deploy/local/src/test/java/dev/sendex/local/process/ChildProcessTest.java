package dev.sendex.local.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

    @TempDir Path directory;

    @Test
    void a_child_that_exits_too_early_is_reported_with_the_end_of_its_log() {
        assertThatThrownBy(
                        () -> {
                            try (ChildProcess child = start("echo port taken; exit 3")) {
                                child.awaitLine("ready", Duration.ofSeconds(10));
                            }
                        })
                .isInstanceOf(ChildFailure.class)
                .hasMessageContaining("greeter ended with status 3")
                .hasMessageContaining("port taken");
    }

    @Test
    void a_child_that_succeeds_is_waited_for() throws Exception {
        try (ChildProcess child = start("echo done")) {
            child.awaitSuccess(Duration.ofSeconds(10));

            assertThat(child.isAlive()).isFalse();
        }
        try (ChildProcess child = start("echo no database; exit 1")) {
            assertThatThrownBy(() -> child.awaitSuccess(Duration.ofSeconds(10)))
                    .isInstanceOf(ChildFailure.class)
                    .hasMessageContaining("greeter ended with status 1")
                    .hasMessageContaining("no database");
        }
    }

    @Test
    void the_exit_of_a_child_is_reported_with_status_and_time() throws Exception {
        try (ChildProcess child = start("echo out of memory; kill -9 $$")) {
            assertThat(child.ended().get(10, TimeUnit.SECONDS))
                    .hasMessageMatching(
                            "(?s)greeter ended with status 137 \\(killed by signal 9\\) at 20.*Z;"
                                    + " the last lines of .*out of memory");
        }
    }

    @Test
    void a_log_that_was_rotated_is_read_from_its_start() throws Exception {
        Files.writeString(directory.resolve("greeter.log"), "a log of an earlier run, long enough");
        try (ChildProcess child = start("read -r line; sleep 60")) {
            Files.writeString(child.log(), "ready\n");

            child.awaitLine("ready", Duration.ofSeconds(10));
            assertThat(child.lastLines(3)).containsExactly("ready");
        }
    }

    @Test
    void only_the_end_of_a_huge_log_is_read() throws Exception {
        try (ChildProcess child = start("echo port taken; exit 3")) {
            child.onExit().get(10, TimeUnit.SECONDS);
            try (FileChannel log = FileChannel.open(child.log(), StandardOpenOption.WRITE)) {
                log.write(ByteBuffer.wrap("\nno memory left\n".getBytes(UTF_8)), 1L << 32);
            }

            assertThat(child.lastLines(1)).containsExactly("no memory left");
        }
    }

    @Test
    void a_line_of_an_earlier_run_is_ignored() throws Exception {
        try (ChildProcess first = start("echo ready")) {
            first.awaitLine("ready", Duration.ofSeconds(10));
        }
        try (ChildProcess second = start("sleep 60")) {
            assertThatThrownBy(() -> second.awaitLine("ready", Duration.ofMillis(200)))
                    .isInstanceOf(ChildFailure.class);
        }
    }

    @Test
    void a_child_is_terminated_when_its_parent_is_killed() throws Exception {
        Path pidFile = directory.resolve("pid");
        Process parent =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Parent.class.getName(),
                                pidFile.toString())
                        .inheritIO()
                        .start();
        await().until(() -> Files.exists(pidFile) && Files.size(pidFile) > 0);
        ProcessHandle child =
                ProcessHandle.of(Long.parseLong(Files.readString(pidFile))).orElseThrow();

        parent.destroyForcibly().waitFor();

        await().atMost(Duration.ofSeconds(5)).until(() -> !child.isAlive());
        assertThat(child.isAlive()).isFalse();
    }

    private ChildProcess start(String script) throws IOException {
        return ChildProcess.start(
                "greeter", List.of("sh", "-c", script), Map.of(), directory.resolve("greeter.log"));
    }

    static final class Parent {
        static void main(String[] arguments) throws Exception {
            Path pidFile = Path.of(arguments[0]);
            ChildProcess child =
                    ChildProcess.start(
                            "sleeper",
                            List.of("sleep", "600"),
                            Map.of(),
                            pidFile.resolveSibling("sleeper.log"));
            Files.writeString(pidFile, Long.toString(child.pid()));
            Thread.sleep(Duration.ofMinutes(10));
        }
    }
}

package dev.sendex.local.stack;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `./sendex status` prints if no stack is running.
class RunningStackTest {

    private final StackDirectory directory;

    RunningStackTest(@TempDir Path path) {
        this.directory = new StackDirectory(path);
    }

    @Test
    void without_a_previous_stack_no_reason_is_printed() {
        assertThatThrownBy(this::report)
                .hasMessage("No stack is running in %s.".formatted(directory.path()));
    }

    @Test
    void the_reason_why_the_last_stack_ended_is_printed() throws Exception {
        Files.writeString(directory.lastEnd(), "kafka ended with status 1\n");

        assertThatThrownBy(this::report)
                .hasMessageStartingWith("No stack is running in %s.".formatted(directory.path()))
                .hasMessageEndingWith("kafka ended with status 1");
    }

    @Test
    void a_killed_stack_is_reported() throws Exception {
        Files.writeString(directory.description(), "{}");

        assertThatThrownBy(this::report).hasMessageContaining("The last one was killed");
    }

    private void report() throws Exception {
        new RunningStack(directory)
                .report(
                        new PrintStream(
                                OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    }
}

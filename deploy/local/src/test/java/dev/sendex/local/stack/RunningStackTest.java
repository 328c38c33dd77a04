package dev.sendex.local.stack;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `./sendex status` says where nothing runs.
class RunningStackTest {

    private final StackDirectory directory;

    RunningStackTest(@TempDir Path path) {
        this.directory = new StackDirectory(path);
    }

    @Test
    void where_no_stack_ran_there_is_nothing_to_tell() {
        assertThatThrownBy(this::report)
                .hasMessage("No stack is running in %s.".formatted(directory.path()));
    }

    @Test
    void why_the_last_stack_ended_is_told() throws Exception {
        Files.writeString(directory.lastEnd(), "kafka ended with status 1\n");

        assertThatThrownBy(this::report)
                .hasMessageStartingWith("No stack is running in %s.".formatted(directory.path()))
                .hasMessageEndingWith("kafka ended with status 1");
    }

    @Test
    void a_stack_that_was_killed_is_told() throws Exception {
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

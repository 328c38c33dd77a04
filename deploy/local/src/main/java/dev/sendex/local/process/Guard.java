package dev.sendex.local.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Ends a process when this JVM is gone without having done so, even if it was killed with `kill
/// -9`.
///
/// A tiny shell waits for the end of its input, which comes with the end of this JVM.
public final class Guard implements AutoCloseable {

    private static final String SCRIPT =
            """
            trap '' INT TERM HUP
            read -r word
            test "$word" = released || kill -s "$1" "$2"
            """;

    private final Process shell;

    private Guard(Process shell) {
        this.shell = shell;
    }

    /// Watches over a process.
    ///
    /// @param signal the one that asks the process for an orderly, quick end
    public static Guard over(long pid, String signal) throws IOException {
        List<String> command = List.of("sh", "-c", SCRIPT, "sh", signal, Long.toString(pid));
        return new Guard(
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start());
    }

    /// Releases the process; from here on it may outlive this JVM.
    @Override
    public void close() {
        try (OutputStream input = shell.getOutputStream()) {
            input.write("released\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException _) {
            // The shell is gone, and so is the guard.
        }
    }
}

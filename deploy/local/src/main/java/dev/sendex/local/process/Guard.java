package dev.sendex.local.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Terminates a process when this JVM ends without having done so, even by `kill -9`.
///
/// Uses a small shell process that waits for the end of its input, which is closed when this JVM
/// ends.
public final class Guard implements AutoCloseable {

    private static final String SCRIPT =
            """
            trap '' INT TERM HUP
            read -r word
            test "$word" = released && exit
            for attempt in 1 2 3 4 5; do
                pid=$2
                test -n "$pid" || pid=$(head -n 1 "$3") && kill -s "$1" "$pid" && exit
                sleep 1
            done
            """;

    private final Process shell;

    private Guard(Process shell) {
        this.shell = shell;
    }

    /// Guards a running process.
    ///
    /// @param signal the signal that makes the process shut down quickly and cleanly
    public static Guard over(long pid, String signal) throws IOException {
        return start(signal, Long.toString(pid), "");
    }

    /// Guards a process that will start later and write its id to this file.
    public static Guard over(Path pidFile, String signal) throws IOException {
        return start(signal, "", pidFile.toString());
    }

    private static Guard start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", SCRIPT, "sh"));
        command.addAll(Arrays.asList(arguments));
        return new Guard(
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start());
    }

    /// Releases the process, which may outlive this JVM from now on.
    @Override
    public void close() {
        try (OutputStream input = shell.getOutputStream()) {
            input.write("released\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException _) {
            // The shell has exited already.
        }
        shell.onExit().join();
    }
}

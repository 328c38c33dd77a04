package dev.sendex.bench;

import java.io.IOException;

/// A process that is paused with `SIGSTOP` and continued when this is closed. Its connections stay
/// open but do not answer. It is not killed, since the stack would then stop.
final class StoppedProcess implements AutoCloseable {

    private final ProcessHandle process;

    private StoppedProcess(ProcessHandle process) {
        this.process = process;
    }

    static StoppedProcess stop(ProcessHandle process) throws IOException {
        signal("STOP", process);
        return new StoppedProcess(process);
    }

    private static void signal(String name, ProcessHandle process) throws IOException {
        new ProcessBuilder("kill", "-s", name, Long.toString(process.pid()))
                .start()
                .onExit()
                .join();
    }

    @Override
    public void close() throws IOException {
        signal("CONT", process);
    }
}

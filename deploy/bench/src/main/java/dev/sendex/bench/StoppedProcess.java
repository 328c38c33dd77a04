package dev.sendex.bench;

import java.io.IOException;

/// A process that is halted where it stands (`SIGSTOP`) and goes on in the end: its connections
/// stay open and nothing answers on them. The stack would take its ending as the end of all.
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

package dev.sendex.local.stack;

import java.io.PrintStream;
import java.util.Locale;

/// Prints the progress of the start, with times.
final class Progress {

    private final PrintStream out;
    private final long start = System.nanoTime();

    Progress(PrintStream out) {
        this.out = out;
    }

    void say(String line) {
        out.println(line);
    }

    /// Prints a finished step with the time since the start.
    void done(String step) {
        double seconds = (System.nanoTime() - start) / 1e9;
        out.printf(Locale.ROOT, "%6.1f s  %s%n", seconds, step);
    }
}

package dev.sendex.local.process;

import java.io.IOException;
import java.nio.file.Path;

/// A program did not do what it was started for; the message says which, and how its log ended.
public final class ChildFailure extends IOException {

    private static final int LINES = 8;

    private ChildFailure(String message) {
        super(message);
    }

    /// Tells the last lines of a log, whenever they were written.
    ///
    /// @param what the program did, in words that follow its name
    public static ChildFailure of(String name, String what, Path log) {
        return of(name, what, new LogEnd(log, 0));
    }

    static ChildFailure of(String name, String what, LogEnd log) {
        return new ChildFailure(
                "%s %s; the last lines of %s:%n  %s"
                        .formatted(
                                name,
                                what,
                                log.log(),
                                String.join(System.lineSeparator() + "  ", log.lastLines(LINES))));
    }
}

package dev.sendex.local.process;

import java.io.IOException;
import java.nio.file.Path;

/// A program failed; the message has its name and the last lines of its log.
public final class ChildFailure extends IOException {

    private static final int LINES = 8;

    private ChildFailure(String message) {
        super(message);
    }

    /// Includes the last lines of the log, even if an earlier run wrote them.
    ///
    /// @param what happened, as the predicate of a sentence about the program
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

package dev.sendex.local.process;

import java.io.IOException;

/// A child did not do what it was started for; the message says which, and how its log ended.
public final class ChildFailure extends IOException {

    ChildFailure(ChildProcess child, String what) {
        super(
                "%s %s; the last lines of %s:%n  %s"
                        .formatted(
                                child.name(),
                                what,
                                child.log(),
                                String.join(System.lineSeparator() + "  ", child.lastLines(8))));
    }
}

package dev.sendex.bench;

import java.time.Duration;

/// How often the work was done in a time, and its processor time.
record Round(long done, Duration elapsed, Duration processor) {

    double rate() {
        return done * 1e9 / elapsed.toNanos();
    }
}

package dev.sendex.bench;

import java.time.Duration;

/// How often something was done within a time, and the processor time that it took.
record Round(long done, Duration elapsed, Duration processor) {

    double rate() {
        return done * 1e9 / elapsed.toNanos();
    }
}

package dev.sendex.common.limits;

import dev.sendex.common.introspection.KeyGrant.RateLimit;
import java.time.Duration;

/// How a key stands in its current window, this request included.
///
/// @param remaining requests left
/// @param isExceeded whether this request is too many
/// @param resetsIn until the next window begins
record RateWindow(RateLimit limit, long remaining, boolean isExceeded, Duration resetsIn) {

    static RateWindow counted(RateLimit limit, long used, Duration resetsIn) {
        return new RateWindow(limit, limit.limit() - used, false, resetsIn);
    }

    static RateWindow exceeded(RateLimit limit, Duration resetsIn) {
        return new RateWindow(limit, 0, true, resetsIn);
    }

    /// Whole seconds, rounded up: whoever waits for so long finds a new window.
    long resetSeconds() {
        return Math.max(1, resetsIn.plusMillis(999).toSeconds());
    }
}

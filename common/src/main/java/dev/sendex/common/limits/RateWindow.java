package dev.sendex.common.limits;

import dev.sendex.common.introspection.KeyGrant.RateLimit;
import java.time.Duration;

/// How a key stands in its current window, this request included.
///
/// @param used requests so far; more than the limit when this one is too many
/// @param resetsIn until the next window begins
record RateWindow(RateLimit limit, long used, Duration resetsIn) {

    boolean isExceeded() {
        return used > limit.limit();
    }

    long remaining() {
        return Math.max(0, limit.limit() - used);
    }

    /// Whole seconds, rounded up: whoever waits for so long finds a new window.
    long resetSeconds() {
        return Math.max(1, resetsIn.plusMillis(999).toSeconds());
    }
}

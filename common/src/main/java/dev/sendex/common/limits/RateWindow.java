package dev.sendex.common.limits;

import dev.sendex.common.introspection.KeyGrant.RateLimit;
import java.time.Duration;

/// The state of a key's rate limit window, including this request.
///
/// @param remaining requests left
/// @param isExceeded whether this request exceeds the limit
/// @param resetsIn until the next window begins
record RateWindow(RateLimit limit, long remaining, boolean isExceeded, Duration resetsIn) {

    static RateWindow counted(RateLimit limit, long used, Duration resetsIn) {
        return new RateWindow(limit, limit.limit() - used, false, resetsIn);
    }

    static RateWindow exceeded(RateLimit limit, Duration resetsIn) {
        return new RateWindow(limit, 0, true, resetsIn);
    }

    /// In whole seconds, rounded up.
    long resetSeconds() {
        return Math.max(1, resetsIn.plusMillis(999).toSeconds());
    }
}

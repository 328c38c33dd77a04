package dev.sendex.send.dispatch;

import java.time.Duration;
import java.util.List;

/// What one look at the queue brought.
///
/// @param more if due emails were left behind
/// @param pause how long the sending rate allows nothing more
record Batch(List<Claim> claims, boolean more, Duration pause) {

    static final Batch NOTHING = new Batch(List.of(), false, Duration.ZERO);

    Batch {
        claims = List.copyOf(claims);
    }
}

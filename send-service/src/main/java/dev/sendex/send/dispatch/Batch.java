package dev.sendex.send.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/// What one poll of the queue brought.
///
/// @param more if there may be due emails left
/// @param pause how long the sending rate allows nothing more
/// @param last the account behind which the next claim begins
record Batch(List<Claim> claims, boolean more, Duration pause, UUID last) {

    Batch {
        claims = List.copyOf(claims);
    }
}

package dev.sendex.send.emails.accepting;

import dev.sendex.send.message.Email;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Takes emails over as they are accepted. An instance with room claims them before they are stored
/// and sends them from memory, so that the queue is only for emails that have to wait.
public interface Handover {

    /// An email about to be stored.
    ///
    /// @param sizeBytes its maximum size once encoded for SES
    record Offer(Email email, int sizeBytes) {}

    /// Which emails to store as claimed.
    ///
    /// @param number the number of the claim
    /// @param lease how long the claim lasts
    record Claimed(UUID number, Duration lease, Set<UUID> emailIds) {
        public Claimed {
            emailIds = Set.copyOf(emailIds);
        }
    }

    /// Claims as many of these emails as this instance can send at once. [#stored] must follow.
    Uni<Claimed> claim(List<Offer> offers);

    /// Sends the claimed emails among those stored, and gives up the claims of all others.
    ///
    /// @param stored the emails that were committed, with their suppressed recipients
    void stored(Claimed claimed, List<Offer> stored);
}

package dev.sendex.send.emails.accepting;

import dev.sendex.common.identity.caller.Caller;
import dev.sendex.common.identity.caller.KeyCaller;
import dev.sendex.common.introspection.KeyGrant;
import dev.sendex.common.introspection.KeyGrant.SendingLimit;
import dev.sendex.send.emails.accepting.Handover.Offer;
import dev.sendex.send.emails.idempotency.IdempotencyRecords.Attempt;
import dev.sendex.send.message.Email;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An email about to be stored.
///
/// @param attempt null if the request had no idempotency key
record NewEmail(Email email, int sizeBytes, Caller caller, @Nullable Attempt attempt) {

    UUID id() {
        return email.id();
    }

    @Nullable UUID keyId() {
        return caller instanceof KeyCaller key ? key.grant().keyId() : null;
    }

    /// What its recipients count towards, or null if they are not limited.
    @Nullable Limited limited() {
        if (!(caller instanceof KeyCaller key)) {
            return null;
        }
        SendingLimit limit = key.grant().sendingLimit();
        return limit == null ? null : new Limited(Counter.of(key.grant()), limit);
    }

    int recipients() {
        return email.recipients().size();
    }

    Offer offer(List<String> suppressed) {
        return new Offer(email.withSuppressed(suppressed), sizeBytes);
    }

    /// The limit of a key and what it counts with.
    record Limited(Counter counter, SendingLimit limit) {}

    /// Keys that share a limit share a counter.
    record Counter(UUID accountId, UUID id) {
        static Counter of(KeyGrant key) {
            return new Counter(key.accountId(), key.sendingCounter());
        }
    }
}

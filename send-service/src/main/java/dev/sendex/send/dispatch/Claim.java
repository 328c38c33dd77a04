package dev.sendex.send.dispatch;

import dev.sendex.send.emails.accepting.Handover.Offer;
import io.vertx.mutiny.sqlclient.Row;
import java.util.UUID;

/// An email that only this instance may send until its lease expires.
///
/// @param number distinguishes this claim from earlier ones of the same email
/// @param attempt counts from 1
/// @param unanswered how many earlier attempts got no answer; SES may have accepted any of them
record Claim(
        UUID number, UUID accountId, UUID emailId, int attempt, int unanswered, int sizeBytes) {

    /// The first claim of an email that was just accepted.
    static Claim first(UUID number, Offer offer) {
        return new Claim(
                number, offer.email().accountId(), offer.email().id(), 1, 0, offer.sizeBytes());
    }

    static Claim of(UUID number, Row row) {
        return new Claim(
                number,
                row.getUUID("account_id"),
                row.getUUID("email_id"),
                row.getInteger("attempts"),
                row.getInteger("unanswered"),
                row.getInteger("size_bytes"));
    }
}

package dev.sendex.send.dispatch;

import io.vertx.mutiny.sqlclient.Row;
import java.util.UUID;

/// An email that this instance alone may send, as long as the lease lasts.
///
/// @param number tells this claim from an earlier one of the same email
/// @param attempt counts from 1
/// @param unanswered how many of the earlier attempts ended without an answer, so that SES may have
///   the email
record Claim(
        UUID number, UUID accountId, UUID emailId, int attempt, int unanswered, int sizeBytes) {

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

package dev.sendex.webhook.endpoints;

import dev.sendex.common.database.Rows;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An endpoint of an account, as stored.
///
/// @param failingSince the time since which every attempt has failed; null if the latest attempt
///   succeeded
record Endpoint(
        UUID id,
        UUID accountId,
        String url,
        List<String> eventTypes,
        String status,
        Buffer encryptedSecret,
        Instant createdAt,
        @Nullable Instant failingSince) {

    static final String ENABLED = "enabled";

    Endpoint {
        eventTypes = List.copyOf(eventTypes);
    }

    static Endpoint of(Row row) {
        return new Endpoint(
                row.getUUID("id"),
                row.getUUID("account_id"),
                row.getString("url"),
                List.of(row.getArrayOfStrings("event_types")),
                row.getString("status"),
                row.getBuffer("encrypted_secret"),
                row.getOffsetDateTime("created_at").toInstant(),
                Rows.time(row, "failing_since"));
    }

    Endpoint withUrl(String newUrl) {
        return with(newUrl, eventTypes, status, failingSince);
    }

    Endpoint withEventTypes(List<String> newTypes) {
        return with(url, newTypes, status, failingSince);
    }

    /// Enabling an endpoint resets its failures.
    Endpoint withStatus(String newStatus) {
        return with(url, eventTypes, newStatus, newStatus.equals(ENABLED) ? null : failingSince);
    }

    private Endpoint with(
            String newUrl,
            List<String> newTypes,
            String newStatus,
            @Nullable Instant newFailingSince) {
        return new Endpoint(
                id,
                accountId,
                newUrl,
                newTypes,
                newStatus,
                encryptedSecret,
                createdAt,
                newFailingSince);
    }
}

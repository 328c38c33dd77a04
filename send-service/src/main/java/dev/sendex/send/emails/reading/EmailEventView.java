package dev.sendex.send.emails.reading;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;

/// An entry of an email's timeline.
///
/// @param type the webhook event type, for example `email.delivered`
/// @param detail members that depend on the type
@RegisterForReflection
record EmailEventView(
        UUID id,
        String type,
        @JsonProperty("created_at") Instant createdAt,
        Map<String, Object> detail) {

    static EmailEventView of(Row row) {
        return new EmailEventView(
                row.getUUID("id"),
                row.getString("type"),
                row.get(OffsetDateTime.class, "occurred_at").toInstant(),
                row.getJsonObject("detail").getMap());
    }
}

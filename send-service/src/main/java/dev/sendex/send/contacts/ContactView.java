package dev.sendex.send.contacts;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A contact, with the same members as in Resend's API.
///
/// @param object always `contact`
@RegisterForReflection
record ContactView(
        String object,
        UUID id,
        String email,
        @JsonProperty("first_name") @Nullable String firstName,
        @JsonProperty("last_name") @Nullable String lastName,
        boolean unsubscribed,
        @JsonProperty("created_at") Instant createdAt) {

    static ContactView of(Row row) {
        return new ContactView(
                "contact",
                row.getUUID("id"),
                row.getString("email"),
                row.getString("first_name"),
                row.getString("last_name"),
                row.getBoolean("unsubscribed"),
                row.getOffsetDateTime("created_at").toInstant());
    }
}

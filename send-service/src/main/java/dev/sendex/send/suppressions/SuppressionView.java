package dev.sendex.send.suppressions;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A suppressed address, with the same members as in Resend's API.
///
/// @param object always `suppression`
/// @param origin `bounce`, `complaint` or `manual`
/// @param sourceId the email that bounced or was complained about
@RegisterForReflection
record SuppressionView(
        String object,
        UUID id,
        String email,
        String origin,
        @JsonProperty("source_id") @Nullable UUID sourceId,
        @JsonProperty("created_at") Instant createdAt) {

    static SuppressionView of(Row row) {
        return new SuppressionView(
                "suppression",
                row.getUUID("id"),
                row.getString("address"),
                row.getString("reason"),
                row.getUUID("email_id"),
                row.getOffsetDateTime("created_at").toInstant());
    }
}

package dev.sendex.send.suppressions;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A suppressed address, with the members that Resend gives it.
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

    static SuppressionView of(Suppression suppression) {
        return new SuppressionView(
                "suppression",
                suppression.id,
                suppression.address,
                suppression.reason,
                suppression.emailId,
                suppression.createdAt);
    }
}

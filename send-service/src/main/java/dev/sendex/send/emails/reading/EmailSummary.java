package dev.sendex.send.emails.reading;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An email in a list, with the same members as in Resend's API.
@RegisterForReflection
record EmailSummary(
        UUID id,
        String from,
        List<String> to,
        List<String> cc,
        List<String> bcc,
        @JsonProperty("reply_to") List<String> replyTo,
        String subject,
        @JsonProperty("last_event") String lastEvent,
        @JsonProperty("created_at") Instant createdAt,
        @JsonProperty("scheduled_at") @Nullable Instant scheduledAt) {}

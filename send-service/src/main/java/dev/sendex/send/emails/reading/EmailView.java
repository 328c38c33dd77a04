package dev.sendex.send.emails.reading;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An email with its bodies and tags.
///
/// @param object always `email`
/// @param messageId the header `Message-ID`, null until SES has accepted the email
/// @param sesMessageId SES's id, which is part of it
/// @param statusReason why it failed or was suppressed
/// @param recipients every recipient with its own status
@RegisterForReflection
record EmailView(
        String object,
        @JsonUnwrapped EmailSummary summary,
        @Nullable String html,
        @Nullable String text,
        List<TagView> tags,
        @JsonProperty("message_id") @Nullable String messageId,
        @JsonProperty("ses_message_id") @Nullable String sesMessageId,
        @JsonProperty("status_reason") @Nullable String statusReason,
        List<RecipientView> recipients) {

    @RegisterForReflection
    record TagView(String name, String value) {}

    /// A recipient.
    ///
    /// @param kind `to`, `cc` or `bcc`
    /// @param status one of the values of the email's status
    @RegisterForReflection
    record RecipientView(String email, String kind, String status) {}
}

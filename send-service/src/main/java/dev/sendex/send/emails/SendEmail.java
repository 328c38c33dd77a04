package dev.sendex.send.emails;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Feature;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The body of `POST /v1/emails`, as it came: nothing here is checked yet but the JSON types.
///
/// @param template not available yet, like `scheduledAt` and `unsubscribe`: known only to be
///   refused by name, rather than ignored
@RegisterForReflection
record SendEmail(
        @Nullable String from,
        @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                @Nullable List<@Nullable String> to,
        @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                @Nullable List<@Nullable String> cc,
        @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                @Nullable List<@Nullable String> bcc,
        @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @JsonProperty("reply_to")
                @Nullable List<@Nullable String> replyTo,
        @Nullable String subject,
        @Nullable String html,
        @Nullable String text,
        @Nullable Map<String, @Nullable String> headers,
        @Nullable List<@Nullable TagInput> tags,
        @Nullable List<@Nullable AttachmentInput> attachments,
        @Nullable JsonNode template,
        @JsonProperty("scheduled_at") @Nullable JsonNode scheduledAt,
        @Nullable JsonNode unsubscribe) {

    @RegisterForReflection
    record TagInput(@Nullable String name, @Nullable String value) {}

    /// @param path not available yet; see above
    @RegisterForReflection
    record AttachmentInput(
            @JsonDeserialize(using = AttachmentContent.Reader.class)
                    @Nullable AttachmentContent content,
            @Nullable String filename,
            @JsonProperty("content_type") @Nullable String contentType,
            @JsonProperty("content_id") @Nullable String contentId,
            @Nullable JsonNode path) {}
}

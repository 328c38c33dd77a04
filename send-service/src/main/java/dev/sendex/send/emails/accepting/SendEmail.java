package dev.sendex.send.emails.accepting;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Feature;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The body of `POST /v1/emails`. Only its JSON types have been checked.
///
/// @param template not supported yet, like `scheduledAt` and `unsubscribe`: present so that
///   requests are rejected rather than the member ignored
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
        @JsonDeserialize(using = HeadersReader.class)
                @Nullable Map<String, @Nullable String> headers,
        @Nullable List<@Nullable TagInput> tags,
        @Nullable List<@Nullable AttachmentInput> attachments,
        @Nullable JsonNode template,
        @JsonProperty("scheduled_at") @Nullable JsonNode scheduledAt,
        @Nullable JsonNode unsubscribe) {

    /// Reads headers; accepts `[]` as an empty object, as PHP clients write it.
    @RegisterForReflection
    static final class HeadersReader extends StdDeserializer<@Nullable Map<String, String>> {

        HeadersReader() {
            super(Map.class);
        }

        @Override
        public @Nullable Map<String, String> deserialize(
                JsonParser json, DeserializationContext context) throws IOException {
            if (json.currentToken() == JsonToken.START_ARRAY) {
                if (json.nextToken() == JsonToken.END_ARRAY) {
                    return null;
                }
                return context.reportInputMismatch(this, "headers are an object");
            }
            return context.readValue(
                    json,
                    context.getTypeFactory()
                            .constructMapType(LinkedHashMap.class, String.class, String.class));
        }
    }

    @RegisterForReflection
    record TagInput(@Nullable String name, @Nullable String value) {}

    /// @param path not supported yet, like `template`
    @RegisterForReflection
    record AttachmentInput(
            @JsonDeserialize(using = AttachmentContent.Reader.class)
                    @Nullable AttachmentContent content,
            @Nullable String filename,
            @JsonProperty("content_type") @JsonAlias("contentType") @Nullable String contentType,
            @JsonProperty("content_id") @JsonAlias({"contentId", "inline_content_id"})
                    @Nullable String contentId,
            @Nullable JsonNode path) {}
}

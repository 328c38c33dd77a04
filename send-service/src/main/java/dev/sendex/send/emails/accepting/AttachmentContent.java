package dev.sendex.send.emails.accepting;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The bytes of an attachment, as Resend's SDKs send them: in base64, in the JSON form of a Node.js
/// `Buffer`, or as an array of numbers (Go, Python, Ruby, Rust).
///
/// @param bytes null if the content had none of these forms; [EmailRules] then reports which
///   attachment it is
@RegisterForReflection
record AttachmentContent(@Nullable Buffer bytes) {

    private static final AttachmentContent UNREADABLE = new AttachmentContent(null);

    /// Makes the payload's fingerprint the same for all forms.
    @JsonValue
    @Nullable String base64() {
        return bytes == null ? null : Base64.getEncoder().encodeToString(bytes.getBytes());
    }

    @Override
    public String toString() {
        return "AttachmentContent[hidden]";
    }

    @RegisterForReflection
    static final class Reader extends StdDeserializer<AttachmentContent> {

        Reader() {
            super(AttachmentContent.class);
        }

        @Override
        public AttachmentContent deserialize(JsonParser json, DeserializationContext context)
                throws IOException {
            return switch (json.currentToken()) {
                case VALUE_STRING -> base64(json.getText());
                case START_OBJECT -> buffer(json);
                case START_ARRAY -> new AttachmentContent(octets(json));
                default -> {
                    json.skipChildren();
                    yield UNREADABLE;
                }
            };
        }

        private static AttachmentContent base64(String text) {
            try {
                return new AttachmentContent(
                        Buffer.buffer(Base64.getMimeDecoder().decode(strict(text))));
            } catch (IllegalArgumentException e) {
                return UNREADABLE;
            }
        }

        /// The MIME decoder accepts line breaks, which encoders insert, but also skips all other
        /// characters outside base64, which would silently corrupt a damaged attachment.
        private static String strict(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                boolean digit =
                        (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
                if (!digit && "+/=\r\n".indexOf(c) < 0) {
                    throw new IllegalArgumentException("not base64");
                }
            }
            return text;
        }

        private static AttachmentContent buffer(JsonParser json) throws IOException {
            boolean isBuffer = false;
            @Nullable Buffer data = null;
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String member = json.currentName();
                json.nextToken();
                switch (member) {
                    case "type" -> isBuffer = "Buffer".equals(json.getText());
                    case "data" -> data = octets(json);
                    default -> json.skipChildren();
                }
            }
            return isBuffer ? new AttachmentContent(data) : UNREADABLE;
        }

        private static @Nullable Buffer octets(JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.START_ARRAY) {
                json.skipChildren();
                return null;
            }
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            boolean valid = true;
            while (json.nextToken() != JsonToken.END_ARRAY) {
                boolean octet =
                        json.currentToken() == JsonToken.VALUE_NUMBER_INT
                                && json.getLongValue() >= 0
                                && json.getLongValue() <= 255;
                valid &= octet;
                if (octet) {
                    octets.write(json.getIntValue());
                } else {
                    json.skipChildren();
                }
            }
            return valid ? Buffer.buffer(octets.toByteArray()) : null;
        }
    }
}

package dev.sendex.send.emails.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sendex.common.crypto.Sha256;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;

/// Fingerprints requests to compare their payloads. White space, the order of members and the form
/// of attachments do not matter.
@ApplicationScoped
public class Fingerprint {

    private final ObjectMapper json =
            JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

    /// The SHA-256 hash of the parsed request in canonical JSON.
    public Buffer of(Object request) {
        try {
            return Buffer.buffer(Sha256.of(json.writeValueAsBytes(request)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a request that was read cannot be written", e);
        }
    }
}

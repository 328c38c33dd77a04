package dev.sendex.send.emails.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Whether two requests have the same payload: white space, the order of members and the way an
/// attachment is written do not count.
@ApplicationScoped
public class Fingerprint {

    private final ObjectMapper json =
            JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

    /// The fingerprint of a request, given as it was understood.
    public Buffer of(Object request) {
        try {
            byte[] payload = json.writeValueAsBytes(request);
            return Buffer.buffer(MessageDigest.getInstance("SHA-256").digest(payload));
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("a request that was read cannot be written", e);
        }
    }
}

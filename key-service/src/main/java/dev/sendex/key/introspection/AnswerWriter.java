package dev.sendex.key.introspection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendex.key.clients.ClientAuthentication.ResourceServer;
import dev.sendex.key.clients.ClientConfig;
import dev.sendex.key.signing.JwtSigner;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/// Writes a response as JSON, or as a JWT that is signed for the requesting service (RFC 9701,
/// section 5). The JWT has neither `sub` nor `exp`, so that it cannot be mistaken for an access
/// token.
@ApplicationScoped
class AnswerWriter {

    private static final String TYPE = "token-introspection+jwt";

    private final ClientConfig config;
    private final JwtSigner signer;
    private final ObjectMapper json;
    private final Clock clock;

    AnswerWriter(ClientConfig config, JwtSigner signer, ObjectMapper json, Clock clock) {
        this.config = config;
        this.signer = signer;
        this.json = json;
        this.clock = clock;
    }

    Buffer write(Map<String, Object> members, AnswerForm form, ResourceServer asking) {
        return switch (form) {
            case JSON -> json(members);
            case JWT -> Buffer.buffer(signed(members, asking));
        };
    }

    Buffer json(Map<String, Object> members) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(members));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String signed(Map<String, Object> members, ResourceServer asking) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", config.issuer());
        claims.put("aud", asking.clientId());
        claims.put("iat", clock.instant().getEpochSecond());
        claims.put("token_introspection", members);
        return signer.sign(TYPE, json(claims).toString());
    }
}

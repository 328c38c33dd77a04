package dev.sendex.key.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/// JSON without white space and with the members of every object sorted by name.
@ApplicationScoped
class CanonicalJson {

    private final ObjectMapper json;
    private final ObjectWriter writer;

    CanonicalJson(ObjectMapper json) {
        this.json = json;
        this.writer = json.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    }

    @Nullable String write(@Nullable JsonNode value) {
        if (value == null) {
            return null;
        }
        try {
            return writer.writeValueAsString(json.convertValue(value, Object.class));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

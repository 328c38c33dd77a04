package dev.sendex.common.runtime;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// The JSON format of the public API: times in UTC with milliseconds, and strict parsing: numbers
/// are not accepted as strings, and duplicate members and text after the document are refused.
@Singleton
class ApiJson implements ObjectMapperCustomizer {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /// After Quarkus's own modules, one of which serialises times as well; the last one wins.
    @Override
    public int priority() {
        return MINIMUM_PRIORITY;
    }

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.getFactory().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());
        mapper.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        mapper.registerModule(
                new SimpleModule("sendex-times")
                        .addSerializer(new TimeWriter())
                        .addDeserializer(Instant.class, new TimeReader()));
        mapper.addHandler(new RedundantIds());
        MutableCoercionConfig strings = mapper.coercionConfigFor(LogicalType.Textual);
        strings.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
        strings.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
        strings.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
        refuseStrings(mapper.coercionConfigFor(LogicalType.Boolean));
        refuseStrings(mapper.coercionConfigFor(LogicalType.Integer));
    }

    private static void refuseStrings(MutableCoercionConfig config) {
        config.setCoercion(CoercionInputShape.String, CoercionAction.Fail);
        config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
        config.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
    }

    private static final class TimeWriter extends StdSerializer<Instant> {

        TimeWriter() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant time, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            json.writeString(TIME.format(time));
        }
    }

    /// Parses times. An empty string is not valid: as an expiry it must not mean a key that never
    /// expires.
    private static final class TimeReader extends StdDeserializer<Instant> {

        TimeReader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser json, DeserializationContext context)
                throws IOException {
            if (!json.hasToken(JsonToken.VALUE_STRING)) {
                return context.reportInputMismatch(this, "must be a string");
            }
            try {
                return Instant.parse(json.getText());
            } catch (DateTimeException malformed) {
                return context.reportInputMismatch(this, "must be a time in ISO 8601");
            }
        }
    }
}

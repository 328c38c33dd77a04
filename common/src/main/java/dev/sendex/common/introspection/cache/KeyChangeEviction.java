package dev.sendex.common.introspection.cache;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendex.common.event.KeyChange;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Evicts responses for a record of the topic of key changes. A malformed record evicts more rather
/// than less: the key in the record's key, or else everything.
@Singleton
class KeyChangeEviction {

    private final Evictions evictions;
    private final PushStream stream;
    private final IntrospectionMetrics metrics;
    private final ObjectMapper json;

    KeyChangeEviction(
            Evictions evictions,
            PushStream stream,
            IntrospectionMetrics metrics,
            ObjectMapper json) {
        this.evictions = evictions;
        this.stream = stream;
        this.metrics = metrics;
        this.json = json;
    }

    void accept(ConsumerRecord<byte[], byte[]> message) {
        stream.sawRecord();
        metrics.evictedByPush();
        KeyChange change = change(message.value());
        UUID keyId = keyId(message.key());
        if (change != null) {
            evictions.evict(change.keyId(), change.version());
        } else if (keyId != null) {
            evictions.evict(keyId);
        } else {
            evictions.evictAll();
            Log.warnf(
                    "malformed key change, introspection cache cleared partition=%d offset=%d",
                    message.partition(), message.offset());
        }
    }

    private @Nullable KeyChange change(byte @Nullable [] value) {
        try {
            KeyChange change = value == null ? null : json.readValue(value, KeyChange.class);
            return change == null || isIncomplete(change) ? null : change;
        } catch (IOException malformed) {
            return null;
        }
    }

    @SuppressWarnings("NullAway") // JSON may lack the member whatever the record's type says
    private static boolean isIncomplete(KeyChange change) {
        return change.keyId() == null || change.version() < 1;
    }

    private static @Nullable UUID keyId(byte @Nullable [] key) {
        try {
            return key == null ? null : UUID.fromString(new String(key, StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}

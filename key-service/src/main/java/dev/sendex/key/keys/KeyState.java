package dev.sendex.key.keys;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where a key is in its life; follows from its times alone, no job has to run.
enum KeyState {
    ACTIVE("active"),
    EXPIRING("expiring"),
    EXPIRED("expired"),
    REVOKED("revoked");

    private final String value;

    KeyState(String value) {
        this.value = value;
    }

    @JsonValue
    String value() {
        return value;
    }

    static KeyState at(
            Instant now,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt,
            Duration expiringWithin) {
        if (revokedAt != null) {
            return REVOKED;
        }
        if (expiresAt == null || expiresAt.isAfter(now.plus(expiringWithin))) {
            return ACTIVE;
        }
        return expiresAt.isAfter(now) ? EXPIRING : EXPIRED;
    }
}

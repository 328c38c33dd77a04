package dev.sendex.key.keys;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The state of a key. It is derived from the key's times, so no job has to update it.
enum KeyState {
    ACTIVE("active"),
    EXPIRING("expiring"),
    EXPIRED("expired"),
    ROTATING("rotating"),
    REVOKED("revoked");

    private final String value;

    KeyState(String value) {
        this.value = value;
    }

    @JsonValue
    String value() {
        return value;
    }

    static @Nullable KeyState find(String value) {
        for (KeyState state : values()) {
            if (state.value.equals(value)) {
                return state;
            }
        }
        return null;
    }

    static KeyState of(ApiKey key, Instant now, Duration expiringWithin) {
        if (key.isRevoked()) {
            return REVOKED;
        }
        if (key.isExpiredAt(now)) {
            return EXPIRED;
        }
        if (key.isRotatingAt(now)) {
            return ROTATING;
        }
        return key.isExpiredAt(now.plus(expiringWithin)) ? EXPIRING : ACTIVE;
    }

    /// The same as an HQL condition with [#parameters].
    String condition() {
        return switch (this) {
            case REVOKED -> "revokedAt is not null";
            case EXPIRED -> "revokedAt is null and expiresAt <= :now";
            case ROTATING -> USABLE + " and previousExpiresAt > :now";
            case EXPIRING -> USABLE + UNROTATED + " and expiresAt <= :soon";
            case ACTIVE -> USABLE + UNROTATED + " and (expiresAt is null or expiresAt > :soon)";
        };
    }

    Map<String, Object> parameters(Instant now, Duration expiringWithin) {
        return switch (this) {
            case REVOKED -> Map.of();
            case EXPIRED, ROTATING -> Map.of("now", now);
            case EXPIRING, ACTIVE -> Map.of("now", now, "soon", now.plus(expiringWithin));
        };
    }

    private static final String USABLE =
            "revokedAt is null and (expiresAt is null or expiresAt > :now)";
    private static final String UNROTATED =
            " and (previousExpiresAt is null or previousExpiresAt <= :now)";
}

package dev.sendex.key.usage;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How recently a key was used.
public enum UsageStatus {
    NEVER_USED("never_used"),
    /// within 30 days
    ACTIVE("active"),
    /// not for more than 30 days
    QUIET("quiet"),
    /// not for more than 90 days
    DORMANT("dormant");

    /// A scalar subquery rather than `exists`, which PostgreSQL may execute by reading the use of
    /// all keys.
    private static final String LAST_USE =
            "(select u.lastUsedAt from key_use u where u.accountId = k.accountId and u.keyId = k.id)";

    private static final Duration QUIET_AFTER = Duration.ofDays(30);
    private static final Duration DORMANT_AFTER = Duration.ofDays(90);

    private final String value;

    UsageStatus(String value) {
        this.value = value;
    }

    @JsonValue
    public String value() {
        return value;
    }

    /// The status with this name, or null.
    public static @Nullable UsageStatus find(String value) {
        for (UsageStatus status : values()) {
            if (status.value.equals(value)) {
                return status;
            }
        }
        return null;
    }

    static UsageStatus at(Instant now, @Nullable Instant lastUsedAt) {
        if (lastUsedAt == null) {
            return NEVER_USED;
        }
        Duration unused = Duration.between(lastUsedAt, now);
        if (unused.compareTo(DORMANT_AFTER) > 0) {
            return DORMANT;
        }
        return unused.compareTo(QUIET_AFTER) > 0 ? QUIET : ACTIVE;
    }

    /// An HQL condition for keys `k` with this status, with [#parameters]. It looks up one row per
    /// key.
    public String condition() {
        return switch (this) {
            case NEVER_USED -> LAST_USE + " is null";
            case ACTIVE -> LAST_USE + " >= :quiet";
            case QUIET -> LAST_USE + " >= :dormant and " + LAST_USE + " < :quiet";
            case DORMANT -> LAST_USE + " < :dormant";
        };
    }

    public Map<String, Object> parameters(Instant now) {
        Instant quiet = now.minus(QUIET_AFTER);
        Instant dormant = now.minus(DORMANT_AFTER);
        return switch (this) {
            case NEVER_USED -> Map.of();
            case ACTIVE -> Map.of("quiet", quiet);
            case QUIET -> Map.of("quiet", quiet, "dormant", dormant);
            case DORMANT -> Map.of("dormant", dormant);
        };
    }
}

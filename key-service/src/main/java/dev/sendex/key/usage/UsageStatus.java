package dev.sendex.key.usage;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whether a key is used.
public enum UsageStatus {
    NEVER_USED("never_used"),
    /// within 30 days
    ACTIVE("active"),
    /// not for more than 30 days
    QUIET("quiet"),
    /// not for more than 90 days
    DORMANT("dormant");

    private static final String USED = "select u.keyId from key_use u where u.accountId = :account";
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

    /// The status of this name, or null where there is none.
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

    /// What the id of a key of the account `:account` fulfils that has this status, in the language
    /// of Hibernate; [#parameters] are its parameters.
    public String condition() {
        return switch (this) {
            case NEVER_USED -> "id not in (" + USED + ")";
            case ACTIVE -> "id in (" + USED + " and u.lastUsedAt >= :usedSince)";
            case QUIET ->
                    "id in ("
                            + USED
                            + " and u.lastUsedAt >= :usedSince and u.lastUsedAt < :usedBefore)";
            case DORMANT -> "id in (" + USED + " and u.lastUsedAt < :usedBefore)";
        };
    }

    public Map<String, Object> parameters(Instant now) {
        Instant quiet = now.minus(QUIET_AFTER);
        Instant dormant = now.minus(DORMANT_AFTER);
        return switch (this) {
            case NEVER_USED -> Map.of();
            case ACTIVE -> Map.of("usedSince", quiet);
            case QUIET -> Map.of("usedSince", dormant, "usedBefore", quiet);
            case DORMANT -> Map.of("usedBefore", dormant);
        };
    }
}

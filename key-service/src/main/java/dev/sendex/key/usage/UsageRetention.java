package dev.sendex.key.usage;

import dev.sendex.key.retention.ExpiredRows;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;

/// How long usage data is stored.
class UsageRetention {

    private static final Duration MAX_BURST = Duration.ofHours(2);
    private static final Duration MARGIN = Duration.ofHours(1);

    @Produces
    ExpiredRows hours(UsageConfig config) {
        return new ExpiredRows("key_usage", "hour", config.hours());
    }

    /// Longer than a record can be late, so that no record is deleted here and then delivered
    /// again.
    @Produces
    ExpiredRows records(UsageConfig config) {
        return new ExpiredRows("usage_record", "recorded_at", config.records().plus(MARGIN));
    }

    @Produces
    ExpiredRows refusals() {
        return new ExpiredRows("key_refusal", "minute", MAX_BURST);
    }

    /// Retention of usage data.
    @ConfigMapping(prefix = "sendex.usage.keeping")
    interface UsageConfig {

        /// Retention of counts per hour.
        @WithDefault("90d")
        Duration hours();

        /// Retention of the ids of counted records. Records that are older than this are ignored,
        /// since they may have been counted before.
        @WithDefault("1d")
        Duration records();
    }
}

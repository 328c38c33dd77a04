package dev.sendex.key.usage;

import dev.sendex.key.retention.ExpiredRows;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;

class UsageRetention {

    private static final Duration MAX_BURST = Duration.ofHours(2);
    private static final Duration MARGIN = Duration.ofHours(1);

    @Produces
    ExpiredRows hours(UsageConfig config) {
        return new ExpiredRows("key_usage", "hour", config.hours());
    }

    /// Longer than a record may be late, so that none is forgotten that may come again.
    @Produces
    ExpiredRows records(UsageConfig config) {
        return new ExpiredRows("usage_record", "recorded_at", config.records().plus(MARGIN));
    }

    @Produces
    ExpiredRows refusals() {
        return new ExpiredRows("key_refusal", "minute", MAX_BURST);
    }

    /// How long what is known of the use of keys is kept.
    @ConfigMapping(prefix = "sendex.usage.keeping")
    interface UsageConfig {

        /// How long counts per hour are kept.
        @WithDefault("90d")
        Duration hours();

        /// How long it is remembered that a record was counted. A record that is older when it
        /// comes is not counted, since nobody could tell any more whether it was before.
        @WithDefault("1d")
        Duration records();
    }
}

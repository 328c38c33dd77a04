package dev.sendex.key.usage;

import dev.sendex.key.retention.ExpiredRows;
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
        return new ExpiredRows("usage_record", "taken_at", config.records().plus(MARGIN));
    }

    @Produces
    ExpiredRows refusals() {
        return new ExpiredRows("key_refusal", "minute", MAX_BURST);
    }
}

package dev.sendex.key.usage;

import dev.sendex.key.retention.Passing;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;

class UsageRetention {

    private static final Duration LONGEST_BURST = Duration.ofHours(2);
    private static final Duration MARGIN = Duration.ofHours(1);

    @Produces
    Passing hours(UsageConfig config) {
        return new Passing("key_usage", "hour", config.hours());
    }

    /// Longer than a record may be late, so that none is forgotten that may come again.
    @Produces
    Passing records(UsageConfig config) {
        return new Passing("usage_record", "taken_at", config.records().plus(MARGIN));
    }

    @Produces
    Passing refusals() {
        return new Passing("key_refusal", "minute", LONGEST_BURST);
    }
}

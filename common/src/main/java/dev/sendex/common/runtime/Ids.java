package dev.sendex.common.runtime;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// Generates UUIDs of version 7 (RFC 9562, section 5.7), which sort by time and are therefore
/// suitable for paging and indexes. They are identifiers, not secrets. Within a millisecond they
/// sort by microseconds.
@ApplicationScoped
public class Ids {

    private static final int MICROS_PER_MILLI = 1_000;
    private static final int RAND_A_VALUES = 1 << 12;
    private static final long VERSION_7 = 0x7000;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final Clock clock;

    Ids(Clock clock) {
        this.clock = clock;
    }

    public UUID next() {
        Instant now = clock.instant();
        long micros = now.get(ChronoField.MICRO_OF_SECOND) % MICROS_PER_MILLI;
        long fraction = micros * RAND_A_VALUES / MICROS_PER_MILLI;
        long random = ThreadLocalRandom.current().nextLong() >>> 2;
        return new UUID(now.toEpochMilli() << 16 | VERSION_7 | fraction, VARIANT | random);
    }
}

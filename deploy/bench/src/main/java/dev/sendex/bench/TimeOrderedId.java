package dev.sendex.bench;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// UUIDs of version 7 (RFC 9562), as send-service generates them.
final class TimeOrderedId {

    private TimeOrderedId() {}

    static UUID next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = System.currentTimeMillis() << 16 | 0x7000L | random.nextInt(1 << 12);
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}

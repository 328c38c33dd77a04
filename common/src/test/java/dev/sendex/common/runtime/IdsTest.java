package dev.sendex.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdsTest {

    @Test
    void ids_are_of_version_7_and_variant_2() {
        UUID id = at("2026-01-02T03:04:05.678901Z");

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void an_id_begins_with_its_millisecond() {
        UUID id = at("2026-01-02T03:04:05.678901Z");

        assertThat(id.getMostSignificantBits() >>> 16)
                .isEqualTo(Instant.parse("2026-01-02T03:04:05.678Z").toEpochMilli());
    }

    @Test
    void later_ids_sort_after_earlier_ones() {
        String earlier = at("2026-01-02T03:04:05.678900Z").toString();
        String later = at("2026-01-02T03:04:05.678901Z").toString();

        assertThat(later).isGreaterThan(earlier);
    }

    private static UUID at(String time) {
        return new Ids(Clock.fixed(Instant.parse(time), ZoneOffset.UTC)).next();
    }
}

package dev.sendex.common.introspection.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EvictionsTest {

    private static final UUID KEY = UUID.randomUUID();

    private final IntrospectionFixture fixture = new IntrospectionFixture(Map.of());
    private final Evictions evictions = fixture.evictions;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_response_with_an_older_version_is_always_stale() {
        evictions.evict(KEY, 5);

        assertThat(evictions.isStale(KEY, 4L, evictions.epoch())).isTrue();
        assertThat(evictions.isStale(KEY, 5L, 0)).isFalse();
        assertThat(evictions.isStale(KEY, 6L, 0)).isFalse();
    }

    @Test
    void a_late_duplicate_of_an_older_change_has_no_effect() {
        evictions.evict(KEY, 5);
        evictions.evict(KEY, 3);

        assertThat(evictions.isStale(KEY, 4L, evictions.epoch())).isTrue();
    }

    @Test
    void an_eviction_without_a_version_makes_all_earlier_requests_stale() {
        long before = evictions.epoch();
        evictions.evict(KEY);

        assertThat(evictions.isStale(KEY, 9L, before)).isTrue();
        assertThat(evictions.isStale(KEY, 1L, evictions.epoch())).isFalse();
    }

    @Test
    void an_inactive_response_is_stale_after_any_later_change() {
        long before = evictions.epoch();
        evictions.evict(KEY, 2);

        assertThat(evictions.isStale(KEY, null, before)).isTrue();
        assertThat(evictions.isStale(KEY, null, evictions.epoch())).isFalse();
    }

    @Test
    void evicting_everything_makes_all_earlier_requests_stale() {
        long before = evictions.epoch();
        evictions.evictAll();

        assertThat(evictions.isStale(KEY, 1L, before)).isTrue();
        assertThat(evictions.isStale(KEY, 1L, evictions.epoch())).isFalse();
    }

    @Test
    void an_eviction_is_kept_as_long_as_the_oldest_response_could_be_used() {
        evictions.evict(KEY, 2);

        fixture.time.advance(Duration.ofMinutes(5).plusSeconds(2));
        assertThat(evictions.isStale(KEY, 1L, 0)).isTrue();
    }

    @Test
    void everything_is_evicted_if_there_are_too_many_evictions() {
        long before = evictions.epoch();
        for (int i = 0; i < 100_100; i++) {
            evictions.evict(new UUID(i, i), 2);
        }

        assertThat(evictions.isStale(KEY, 1L, before)).isTrue();
        assertThat(evictions.isStale(KEY, 1L, evictions.epoch())).isFalse();
    }
}

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
    void an_answer_of_an_older_version_loses_whenever_it_was_asked_for() {
        evictions.evict(KEY, 5);

        assertThat(evictions.isStale(KEY, 4L, evictions.epoch())).isTrue();
        assertThat(evictions.isStale(KEY, 5L, 0)).isFalse();
        assertThat(evictions.isStale(KEY, 6L, 0)).isFalse();
    }

    @Test
    void a_late_repetition_of_an_old_change_brings_nothing_back() {
        evictions.evict(KEY, 5);
        evictions.evict(KEY, 3);

        assertThat(evictions.isStale(KEY, 4L, evictions.epoch())).isTrue();
    }

    @Test
    void without_a_version_whatever_was_asked_for_before_loses() {
        long before = evictions.epoch();
        evictions.evict(KEY);

        assertThat(evictions.isStale(KEY, 9L, before)).isTrue();
        assertThat(evictions.isStale(KEY, 1L, evictions.epoch())).isFalse();
    }

    @Test
    void an_inactive_answer_loses_to_any_later_change() {
        long before = evictions.epoch();
        evictions.evict(KEY, 2);

        assertThat(evictions.isStale(KEY, null, before)).isTrue();
        assertThat(evictions.isStale(KEY, null, evictions.epoch())).isFalse();
    }

    @Test
    void everything_asked_for_before_everything_was_evicted_loses() {
        long before = evictions.epoch();
        evictions.evictAll();

        assertThat(evictions.isStale(KEY, 1L, before)).isTrue();
        assertThat(evictions.isStale(KEY, 1L, evictions.epoch())).isFalse();
    }

    @Test
    void an_eviction_is_remembered_as_long_as_the_oldest_answer_could_be_used() {
        evictions.evict(KEY, 2);

        fixture.time.advance(Duration.ofMinutes(5).plusSeconds(2));
        assertThat(evictions.isStale(KEY, 1L, 0)).isTrue();
    }

    @Test
    void where_there_are_too_many_to_remember_everything_is_evicted() {
        long before = evictions.epoch();
        for (int i = 0; i < 100_100; i++) {
            evictions.evict(new UUID(i, i), 2);
        }

        assertThat(evictions.isStale(KEY, 1L, before)).isTrue();
        assertThat(evictions.isStale(KEY, 1L, evictions.epoch())).isFalse();
    }
}

package dev.sendex.sandbox;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SendingLimitsTest {

    private Instant now = Instant.parse("2026-03-02T10:00:00Z");
    private final SandboxControl control =
            new SandboxControl(SesSandboxOptions.defaults().withLimits(100, 10));
    private final SendingLimits limits = new SendingLimits(control, () -> now);

    @Test
    void a_burst_of_one_second_is_accepted_and_refills_evenly() {
        limits.take(10, 0);
        assertRefused(1, "Maximum sending rate exceeded.");

        now = now.plusMillis(100);

        limits.take(1, 0);
        assertRefused(1, "Maximum sending rate exceeded.");
    }

    @Test
    void a_send_larger_than_one_second_is_accepted_and_delays_later_ones() {
        limits.take(50, 0);

        now = now.plus(Duration.ofSeconds(4));
        assertRefused(1, "Maximum sending rate exceeded.");

        now = now.plus(Duration.ofSeconds(1));
        assertThatCode(() -> limits.take(10, 0)).doesNotThrowAnyException();
    }

    @Test
    void the_quota_is_restored_24_hours_after_it_was_used() {
        for (int i = 0; i < 10; i++) {
            limits.take(10, 10);
            now = now.plusSeconds(1);
        }
        assertRefused(1, "Daily message quota exceeded.");

        now = now.plus(Duration.ofHours(24)).minusSeconds(9);

        assertThatCode(() -> limits.take(10, 10)).doesNotThrowAnyException();
        assertRefused(1, "Daily message quota exceeded.");
    }

    @Test
    void recipients_at_the_simulator_count_against_the_rate_only() {
        for (int i = 0; i < 20; i++) {
            limits.take(10, 0);
            now = now.plusSeconds(1);
        }
        assertThatCode(() -> limits.take(10, 10)).doesNotThrowAnyException();
    }

    @Test
    void limits_may_change_at_any_time() {
        control.limits(5, 10);

        assertRefused(6, "Daily message quota exceeded.");
    }

    @Test
    void a_new_rate_takes_effect_at_once() {
        limits.take(50, 0);
        control.limits(100, 20);

        assertThatCode(() -> limits.take(20, 0)).doesNotThrowAnyException();
        assertRefused(1, "Maximum sending rate exceeded.");
    }

    private void assertRefused(int recipients, String text) {
        assertThatThrownBy(() -> limits.take(recipients, recipients))
                .hasMessage("Throttling: " + text);
    }
}

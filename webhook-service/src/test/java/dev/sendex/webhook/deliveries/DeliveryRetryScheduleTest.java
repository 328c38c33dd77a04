package dev.sendex.webhook.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryRetryScheduleTest {

    private final RandomGenerator random = new Random();

    @ParameterizedTest
    @CsvSource({"1, PT5S", "2, PT5M", "3, PT30M", "4, PT2H", "5, PT5H", "6, PT10H", "7, PT10H"})
    void delays_grow_and_have_up_to_20_percent_jitter(int attempt, Duration pause) {
        for (int i = 0; i < 1_000; i++) {
            assertThat(DeliveryRetrySchedule.after(attempt, null, random))
                    .isBetween(pause, pause.plus(pause.dividedBy(5)));
        }
    }

    @Test
    void the_eighth_attempt_is_the_last() {
        assertThat(DeliveryRetrySchedule.after(8, null, random)).isNull();
        assertThat(DeliveryRetrySchedule.after(8, Duration.ofHours(1), random)).isNull();
    }

    @Test
    void a_longer_retry_after_is_respected_up_to_a_day() {
        assertThat(DeliveryRetrySchedule.after(1, Duration.ofHours(3), random))
                .isEqualTo(Duration.ofHours(3));
        assertThat(DeliveryRetrySchedule.after(1, Duration.ofDays(30), random))
                .isEqualTo(Duration.ofDays(1));
    }

    @Test
    void a_shorter_retry_after_is_ignored() {
        assertThat(DeliveryRetrySchedule.after(2, Duration.ofSeconds(1), random))
                .isGreaterThanOrEqualTo(Duration.ofMinutes(5));
    }
}

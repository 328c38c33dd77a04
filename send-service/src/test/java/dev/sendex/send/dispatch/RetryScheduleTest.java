package dev.sendex.send.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.send.dispatch.Sending.RetrySchedule;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {

    private final RetrySchedule schedule =
            new RetrySchedule(Duration.ofSeconds(2), Duration.ofMinutes(10));

    @Test
    void the_delay_doubles_up_to_the_maximum() {
        assertThat(schedule.after(1, new Random(1))).isBetween(seconds(1.6), seconds(2.4));
        assertThat(schedule.after(4, new Random(1))).isBetween(seconds(12.8), seconds(19.2));
        assertThat(schedule.after(1000, new Random(1))).isBetween(seconds(480), seconds(720));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}

package dev.sendex.send.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.send.ses.SendOutcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SesCircuitBreakerTest {

    private static final Duration MAX_PROBE_INTERVAL = Duration.ofSeconds(30);

    private static final SendOutcome FAILED = new SendOutcome.Unavailable("503");

    private final SesCircuitBreaker breaker =
            new SesCircuitBreaker(Clock.systemUTC(), MAX_PROBE_INTERVAL, new SimpleMeterRegistry());

    @Test
    void it_opens_only_after_consecutive_failures() {
        record(FAILED, SesCircuitBreaker.FAILURE_THRESHOLD - 1);
        breaker.record(new SendOutcome.Accepted("id"));
        record(FAILED, SesCircuitBreaker.FAILURE_THRESHOLD - 1);
        assertThat(breaker.isOpen()).isFalse();
        record(new SendOutcome.Unknown("no answer"), 1);
        assertThat(breaker.isOpen()).isTrue();
    }

    @Test
    void the_probe_interval_grows_up_to_a_maximum() {
        record(FAILED, SesCircuitBreaker.FAILURE_THRESHOLD);
        assertThat(breaker.probeInterval()).isEqualTo(SesCircuitBreaker.MIN_PROBE_INTERVAL);
        record(FAILED, 1);
        assertThat(breaker.probeInterval()).isEqualTo(Duration.ofSeconds(2));
        record(FAILED, 100);
        assertThat(breaker.probeInterval()).isEqualTo(MAX_PROBE_INTERVAL);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void any_answer_about_an_email_closes_it_and_only_the_first_reports_the_end_of_the_outage(
            SendOutcome answer) {
        record(FAILED, SesCircuitBreaker.FAILURE_THRESHOLD + 3);
        assertThat(breaker.record(answer)).isTrue();
        assertThat(breaker.isOpen()).isFalse();
        assertThat(breaker.probeInterval()).isEqualTo(SesCircuitBreaker.MIN_PROBE_INTERVAL);
        assertThat(breaker.record(answer)).isFalse();
    }

    static SendOutcome[] answers() {
        return new SendOutcome[] {
            new SendOutcome.Accepted("id"),
            new SendOutcome.Rejected("no"),
            new SendOutcome.Throttled(false)
        };
    }

    private void record(SendOutcome outcome, int times) {
        for (int i = 0; i < times; i++) {
            breaker.record(outcome);
        }
    }
}

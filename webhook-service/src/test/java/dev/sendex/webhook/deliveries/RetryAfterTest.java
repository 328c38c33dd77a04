package dev.sendex.webhook.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("1994-11-06T08:47:37Z");

    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();

    @Test
    void a_number_is_a_delay_in_seconds() {
        assertThat(of("120")).isEqualTo(Duration.ofMinutes(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sun, 06 Nov 1994 08:49:37 GMT",
                "Sunday, 06-Nov-94 08:49:37 GMT",
                "Sun Nov  6 08:49:37 1994"
            })
    void a_date_is_a_delay_until_then(String date) {
        assertThat(of(date)).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void a_date_is_compared_with_the_date_header_of_the_response() {
        headers.set("Date", "Sun, 06 Nov 1994 08:48:37 GMT");

        assertThat(of("Sun, 06 Nov 1994 08:49:37 GMT")).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void a_past_date_is_no_delay() {
        assertThat(of("Sun, 06 Nov 1994 08:00:00 GMT")).isEqualTo(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "12345678901", "2026-01-01T00:00:00Z"})
    void invalid_values_are_ignored(String value) {
        assertThat(of(value)).isNull();
        assertThat(of(value + " ".repeat(100))).isNull();
    }

    @Test
    void without_the_header_there_is_no_delay() {
        assertThat(RetryAfter.of(headers, NOW)).isNull();
    }

    private Duration of(String value) {
        headers.set("Retry-After", value);
        return RetryAfter.of(headers, NOW);
    }
}

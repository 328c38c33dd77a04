package dev.sendex.webhook.deliveries;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeliveryConfigTest {

    @Test
    void a_lease_shorter_than_two_timeouts_prevents_the_start() {
        assertThatIllegalStateException()
                .isThrownBy(() -> config("20s", "39999ms").requireLeaseLongerThanCalls());
        assertThatCode(() -> config("20s", "40s").requireLeaseLongerThanCalls())
                .doesNotThrowAnyException();
    }

    private static DeliveryConfig config(String timeout, String lease) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, DurationConverter::parseDuration)
                .withMapping(DeliveryConfig.class)
                .withDefaultValues(
                        Map.of(
                                "sendex.webhooks.timeout", timeout,
                                "sendex.webhooks.lease", lease))
                .build()
                .getConfigMapping(DeliveryConfig.class);
    }
}

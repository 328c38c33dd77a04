package dev.sendex.webhook.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnsHostsTest {

    private static final String CERTIFICATE = "/SimpleNotificationService-0123456789abcdef.pem";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sns.us-east-1.amazonaws.com",
                "sns.us-gov-west-1.amazonaws.com",
                "sns.ap-southeast-2.amazonaws.com",
                "sns.cn-northwest-1.amazonaws.com.cn"
            })
    void sns_hosts_of_every_region_are_allowed(String host) {
        assertThat(hosts(Map.of()).findCertificate("https://" + host + CERTIFICATE)).isNotNull();
        assertThat(hosts(Map.of()).find("https://" + host + "/?Action=ConfirmSubscription"))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://sns.s3.amazonaws.com",
                "https://sns.s3-website-us-east-1.amazonaws.com",
                "https://sns.s3.us-east-1.amazonaws.com",
                "https://sns.amazonaws.com",
                "https://sns.us-east-1.amazonaws.com.attacker.example",
                "http://sns.us-east-1.amazonaws.com",
                "https://sns.us-east-1.amazonaws.com:8443",
                "https://user@sns.us-east-1.amazonaws.com",
                "http://127.0.0.1"
            })
    void other_amazon_hosts_are_refused(String origin) {
        assertThat(hosts(Map.of()).find(origin + CERTIFICATE)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/SimpleNotificationService-.pem",
                "/SimpleNotificationService-xyz.pem",
                "/SimpleNotificationService-0123.pem/..",
                "/x/SimpleNotificationService-0123.pem",
                "/SimpleNotificationService-0123.pem?x=y",
                "/%53impleNotificationService-0123.pem"
            })
    void only_urls_of_sns_certificates_are_allowed(String path) {
        assertThat(hosts(Map.of()).findCertificate("https://sns.us-east-1.amazonaws.com" + path))
                .isNull();
    }

    @Test
    void with_an_endpoint_configured_no_other_host_is_allowed() {
        SnsHosts hosts = hosts(Map.of("sendex.ingest.sns.endpoint", "http://127.0.0.1:8090"));

        assertThat(hosts.findCertificate("http://127.0.0.1:8090" + CERTIFICATE)).isNotNull();
        for (String origin :
                new String[] {
                    "http://127.0.0.1:8091",
                    "http://127.0.0.1",
                    "https://127.0.0.1:8090",
                    "http://localhost:8090",
                    "http://127.0.0.1:8090@attacker.example",
                    "https://sns.us-east-1.amazonaws.com"
                }) {
            assertThat(hosts.find(origin + CERTIFICATE)).as(origin).isNull();
        }
    }

    private static SnsHosts hosts(Map<String, String> settings) {
        return new SnsHosts(
                new SmallRyeConfigBuilder()
                        .withMapping(SnsConfig.class)
                        .withConverter(Duration.class, 200, DurationConverter::parseDuration)
                        .withDefaultValues(settings)
                        .build()
                        .getConfigMapping(SnsConfig.class));
    }
}

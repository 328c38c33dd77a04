package dev.sendex.webhook.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The hosts that are called where nobody sets any.
class SnsHostsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sns.us-east-1.amazonaws.com",
                "sns.us-gov-west-1.amazonaws.com",
                "sns.ap-southeast-2.amazonaws.com",
                "sns.cn-northwest-1.amazonaws.com.cn"
            })
    void sns_of_every_region_is_called(String host) throws IOException {
        assertThat(host).matches(hosts());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sns.s3.amazonaws.com",
                "sns.s3-website-us-east-1.amazonaws.com",
                "sns.s3.us-east-1.amazonaws.com",
                "sns.amazonaws.com",
                "sns.us-east-1.amazonaws.com.attacker.example"
            })
    void buckets_and_others_whose_names_anybody_may_choose_are_not(String host) throws IOException {
        assertThat(host).doesNotMatch(hosts());
    }

    private static String hosts() throws IOException {
        Properties settings = new Properties();
        try (InputStream file = SnsHostsTest.class.getResourceAsStream("/application.properties")) {
            settings.load(file);
        }
        return settings.getProperty("sendex.ingest.sns.certificate-hosts");
    }
}

package dev.sendex.webhook.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateTrustTest {

    @Test
    void a_certificate_for_another_name_is_refused_from_any_issuer() throws Exception {
        CertificateTrust trust = new CertificateTrust(anyIssuer(), Clock.systemUTC());
        try (TestSns own = TestSns.of("CN=sns.eu-central-1.amazonaws.com, O=Amazon");
                TestSns other = TestSns.of("CN=sqs.amazonaws.com, OU=sns.amazonaws.com")) {
            byte[] pem = Files.readAllBytes(other.certificateFile());

            assertThat(trust.requireTrusted(Files.readAllBytes(own.certificateFile()))).isNotNull();
            assertThatExceptionOfType(UntrustedCertificate.class)
                    .isThrownBy(() -> trust.requireTrusted(pem));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CN=sns.amazonaws.com",
                "CN=sns.amazonaws.com, O=Amazon, C=US",
                "CN=sns.us-gov-west-1.amazonaws.com",
                "CN=sns.cn-north-1.amazonaws.com.cn"
            })
    void subjects_of_sns_are_accepted(String subject) {
        assertThat(CertificateTrust.isSns(new X500Principal(subject))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CN=amazonaws.com",
                "CN=sns.s3.amazonaws.com",
                "CN=sns.amazonaws.com.attacker.example",
                "CN=xsns.amazonaws.com",
                "O=sns.amazonaws.com",
                "CN=attacker.example, CN=sns.amazonaws.com",
                "CN=attacker.example, O=\"x, CN=sns.amazonaws.com\""
            })
    void other_subjects_are_refused(String subject) {
        assertThat(CertificateTrust.isSns(new X500Principal(subject))).isFalse();
    }

    private static SnsConfig anyIssuer() {
        return new SmallRyeConfigBuilder()
                .withMapping(SnsConfig.class)
                .withConverter(Duration.class, 200, DurationConverter::parseDuration)
                .withDefaultValue("sendex.ingest.sns.certificate-chain", "false")
                .build()
                .getConfigMapping(SnsConfig.class);
    }
}

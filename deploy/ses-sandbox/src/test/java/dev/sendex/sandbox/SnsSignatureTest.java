package dev.sendex.sandbox;

import static dev.sendex.sandbox.Sender.send;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ses.SesClient;

/// Verifies signatures as SNS documents it, without using the sandbox's code.
class SnsSignatureTest {

    @ParameterizedTest
    @CsvSource({"1, SHA1withRSA", "2, SHA256withRSA"})
    void messages_are_signed_over_the_documented_members(int version, String algorithm)
            throws Exception {
        SesSandboxOptions options = SesSandboxOptions.defaults().withSignatureVersion(version);
        try (Ingest ingest = Ingest.start();
                SesSandbox sandbox = SesSandbox.start(options.withIngest(ingest.uri()));
                SesClient ses = Sender.client(sandbox)) {
            ses.verifyDomainDkim(request -> request.domain(Sender.DOMAIN));
            send(ses, "someone@example.net");
            await().until(() -> ingest.notifications().size() == 2);

            JsonNode confirmation = ingest.confirmations().getFirst().message();
            JsonNode notification = ingest.notifications().getFirst().message();
            assertThat(
                            isSigned(
                                    confirmation,
                                    algorithm,
                                    "Message",
                                    "MessageId",
                                    "SubscribeURL",
                                    "Timestamp",
                                    "Token",
                                    "TopicArn",
                                    "Type"))
                    .isTrue();
            assertThat(
                            isSigned(
                                    notification,
                                    algorithm,
                                    "Message",
                                    "MessageId",
                                    "Subject",
                                    "Timestamp",
                                    "TopicArn",
                                    "Type"))
                    .isTrue();
            assertThat(notification.path("SignatureVersion").asText())
                    .isEqualTo(String.valueOf(version));
        }
    }

    @Test
    void the_certificate_can_be_validated() throws Exception {
        try (SesSandbox sandbox = SesSandbox.start(SesSandboxOptions.defaults())) {
            String served =
                    Ingest.visit(
                                    sandbox.url()
                                            + "/SimpleNotificationService-00000000000000000000000000000000.pem")
                            .body();
            X509Certificate certificate = certificate(served);
            PKIXParameters trust = new PKIXParameters(Set.of(new TrustAnchor(certificate, null)));
            trust.setRevocationEnabled(false);

            assertThat(served).isEqualTo(sandbox.certificatePem());
            assertThat(
                            CertPathValidator.getInstance("PKIX")
                                    .validate(
                                            CertificateFactory.getInstance("X.509")
                                                    .generateCertPath(List.of(certificate)),
                                            trust))
                    .isNotNull();
        }
    }

    private static boolean isSigned(JsonNode message, String algorithm, String... members)
            throws Exception {
        StringBuilder text = new StringBuilder();
        for (String member : members) {
            text.append(member).append('\n').append(message.path(member).asText()).append('\n');
        }
        String pem = Ingest.visit(message.path("SigningCertURL").asText()).body();
        Signature signature = Signature.getInstance(algorithm);
        signature.initVerify(certificate(pem));
        signature.update(text.toString().getBytes(UTF_8));
        return signature.verify(Base64.getDecoder().decode(message.path("Signature").asText()));
    }

    private static X509Certificate certificate(String pem) throws Exception {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(pem.getBytes(UTF_8)));
    }
}

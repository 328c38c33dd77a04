package dev.sendex.webhook.ingest;

import static dev.sendex.common.problem.Problem.FORBIDDEN;
import static dev.sendex.common.problem.Problem.SERVICE_UNAVAILABLE;

import dev.sendex.common.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Verifies that messages come from SNS. The cheap checks come first; the signature decides.
@Singleton
class SnsVerifier {

    /// How far SNS's clock may be ahead.
    private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(5);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final SnsHosts hosts;
    private final SigningCertificates certificates;
    private final Set<String> topics;
    private final Duration maxAge;
    private final Clock clock;
    private final MeterRegistry metrics;

    SnsVerifier(
            SnsHosts hosts,
            SigningCertificates certificates,
            SnsConfig config,
            Clock clock,
            MeterRegistry metrics) {
        this.hosts = hosts;
        this.certificates = certificates;
        this.topics = config.topicArns().orElse(Set.of());
        this.maxAge = config.maxAge();
        this.clock = clock;
        this.metrics = metrics;
    }

    /// Returns the message if SNS sent it. Fails with the problem `forbidden` if not, and with
    /// `service_unavailable` if the certificate cannot be fetched.
    Uni<SnsMessage> verify(SnsMessage message) {
        if (!topics.contains(message.topicArn())) {
            return refuse("topic");
        }
        if (!isRecent(message.sentAt())) {
            return refuse("age");
        }
        URI certificate = hosts.findCertificate(message.signingCertUrl());
        if (certificate == null) {
            return refuse("certificate_address");
        }
        return certificates
                .get(certificate)
                .onFailure(UntrustedCertificate.class)
                .transform(_ -> refusal("certificate"))
                .onFailure(SnsVerifier::isFetchFailure)
                .transform(SnsVerifier::unavailable)
                .invoke(signer -> requireSignature(message, signer))
                .replaceWith(message);
    }

    private boolean isRecent(@Nullable Instant sentAt) {
        Instant now = clock.instant();
        return sentAt != null
                && sentAt.isAfter(now.minus(maxAge))
                && sentAt.isBefore(now.plus(MAX_CLOCK_SKEW));
    }

    private void requireSignature(SnsMessage message, X509Certificate signer) {
        if (!isSigned(message, signer)) {
            throw refusal("signature");
        }
    }

    private static boolean isSigned(SnsMessage message, X509Certificate signer) {
        String algorithm =
                switch (message.signatureVersion()) {
                    case "1" -> "SHA1withRSA";
                    case "2" -> "SHA256withRSA";
                    default -> null;
                };
        if (algorithm == null) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initVerify(signer.getPublicKey());
            signature.update(message.signedText().getBytes(StandardCharsets.UTF_8));
            return signature.verify(Base64.getDecoder().decode(message.signature()));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            return false;
        }
    }

    private Uni<SnsMessage> refuse(String reason) {
        return Uni.createFrom().failure(refusal(reason));
    }

    /// The response is the same for every reason, so that forgers learn nothing; the metric has the
    /// reason.
    private RuntimeException refusal(String reason) {
        metrics.counter("sendex.ingest.refused", "reason", reason).increment();
        Log.warnf("SNS message refused reason=%s", reason);
        return FORBIDDEN.because(
                "The message is not signed by Amazon SNS, or its topic is not allowed.");
    }

    private static boolean isFetchFailure(Throwable failure) {
        return !(failure instanceof ProblemException);
    }

    private static Throwable unavailable(Throwable failure) {
        Log.warnf("fetching SNS certificate failed cause=%s", failure.toString());
        return SERVICE_UNAVAILABLE.retryAfter(
                RETRY_AFTER,
                "The signature cannot be verified at the moment. Send the message again.");
    }
}

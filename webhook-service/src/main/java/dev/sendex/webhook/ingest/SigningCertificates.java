package dev.sendex.webhook.ingest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;

/// The certificates that SNS signs with, each fetched once a day at the most. Only those that are
/// trusted are remembered, and not many: a certificate's address is the message's own claim.
@Singleton
class SigningCertificates {

    private static final int CAPACITY = 32;
    private static final Duration LIFETIME = Duration.ofDays(1);

    private final SnsCalls calls;
    private final CertificateTrust trust;
    private final Cache<URI, X509Certificate> known =
            Caffeine.newBuilder().maximumSize(CAPACITY).expireAfterWrite(LIFETIME).build();

    SigningCertificates(SnsCalls calls, CertificateTrust trust) {
        this.calls = calls;
        this.trust = trust;
    }

    /// Fails with [UntrustedCertificate] where the certificate is not to be trusted, and otherwise
    /// where it cannot be had at present.
    Uni<X509Certificate> get(URI address) {
        X509Certificate certificate = known.getIfPresent(address);
        if (certificate != null) {
            return Uni.createFrom().item(certificate);
        }
        return calls.get(address)
                .map(pem -> trust.requireTrusted(pem.getBytes()))
                .invoke(trusted -> known.put(address, trusted));
    }
}

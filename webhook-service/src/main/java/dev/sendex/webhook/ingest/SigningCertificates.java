package dev.sendex.webhook.ingest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;

/// Caches the certificates that SNS signs with for a day. Only trusted certificates are cached, and
/// only a few, since messages that are not verified yet choose the URLs.
@Singleton
class SigningCertificates {

    private static final int CAPACITY = 32;
    private static final Duration LIFETIME = Duration.ofDays(1);

    private final SnsCalls calls;
    private final CertificateTrust trust;
    private final Cache<URI, X509Certificate> cache =
            Caffeine.newBuilder().maximumSize(CAPACITY).expireAfterWrite(LIFETIME).build();

    SigningCertificates(SnsCalls calls, CertificateTrust trust) {
        this.calls = calls;
        this.trust = trust;
    }

    /// Fails with [UntrustedCertificate] if the certificate is not trusted, and with another
    /// exception if it cannot be fetched.
    Uni<X509Certificate> get(URI address) {
        X509Certificate certificate = cache.getIfPresent(address);
        if (certificate != null) {
            return Uni.createFrom().item(certificate);
        }
        return calls.get(address)
                .map(pem -> trust.requireTrusted(pem.getBytes()))
                .invoke(trusted -> cache.put(address, trusted));
    }
}

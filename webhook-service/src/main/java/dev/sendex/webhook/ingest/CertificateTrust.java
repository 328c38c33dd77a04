package dev.sendex.webhook.ingest;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/// Validates signing certificates: the subject must be SNS's, the certificate must not be expired
/// and, unless disabled, must be issued by a trusted authority (RFC 5280 path validation).
@Singleton
@Startup // an unreadable authority file must prevent the start
class CertificateTrust {

    private static final Pattern SUBJECT =
            Pattern.compile("sns\\.([a-z]{2}(-[a-z]+){1,2}-[0-9]{1,2}\\.)?amazonaws\\.com(\\.cn)?");

    private final Set<TrustAnchor> anchors;
    private final boolean checksChain;
    private final Clock clock;

    CertificateTrust(SnsConfig config, Clock clock) throws IOException, GeneralSecurityException {
        this.checksChain = config.certificateChain();
        this.anchors = anchors(config.certificateAuthority().orElse(null));
        this.clock = clock;
    }

    /// The signing certificate, which is the first in this PEM text; the others are its chain.
    ///
    /// @throws UntrustedCertificate if it is not trusted
    X509Certificate requireTrusted(byte[] pem) {
        try {
            return requireValid(pem);
        } catch (GeneralSecurityException untrusted) {
            throw new UntrustedCertificate(untrusted);
        }
    }

    private X509Certificate requireValid(byte[] pem) throws GeneralSecurityException {
        List<X509Certificate> chain = parse(new ByteArrayInputStream(pem));
        if (chain.isEmpty()) {
            throw new GeneralSecurityException("no certificate");
        }
        X509Certificate leaf = chain.getFirst();
        if (!isSns(leaf.getSubjectX500Principal())) {
            throw new GeneralSecurityException("not a certificate of SNS");
        }
        leaf.checkValidity(Date.from(clock.instant()));
        if (checksChain) {
            requirePath(leaf, chain);
        }
        return leaf;
    }

    /// A trusted authority issues certificates to anyone, so the subject must be SNS, global or of
    /// one region.
    static boolean isSns(X500Principal subject) {
        try {
            List<String> names =
                    new LdapName(subject.getName())
                            .getRdns().stream()
                                    .filter(part -> part.getType().equalsIgnoreCase("CN"))
                                    .map(part -> String.valueOf(part.getValue()))
                                    .toList();
            return names.size() == 1 && SUBJECT.matcher(names.getFirst()).matches();
        } catch (InvalidNameException noName) {
            return false;
        }
    }

    private void requirePath(X509Certificate leaf, List<X509Certificate> chain)
            throws GeneralSecurityException {
        if (isAnchor(leaf)) {
            return;
        }
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(leaf);
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
        parameters.addCertStore(
                CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
        parameters.setDate(Date.from(clock.instant()));
        parameters.setRevocationEnabled(false);
        CertPathBuilder.getInstance("PKIX").build(parameters);
    }

    private boolean isAnchor(X509Certificate certificate) {
        return anchors.stream().anyMatch(anchor -> certificate.equals(anchor.getTrustedCert()));
    }

    private static Set<TrustAnchor> anchors(@Nullable Path file)
            throws IOException, GeneralSecurityException {
        Collection<X509Certificate> authorities = file == null ? ofJava() : read(file);
        Set<TrustAnchor> anchors = new HashSet<>();
        authorities.forEach(authority -> anchors.add(new TrustAnchor(authority, null)));
        return anchors;
    }

    private static List<X509Certificate> read(Path file)
            throws IOException, GeneralSecurityException {
        try (InputStream pem = Files.newInputStream(file)) {
            return parse(pem);
        }
    }

    private static List<X509Certificate> parse(InputStream pem) throws GeneralSecurityException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Certificate certificate :
                CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
            certificates.add((X509Certificate) certificate);
        }
        return certificates;
    }

    private static List<X509Certificate> ofJava() throws GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        List<X509Certificate> authorities = new ArrayList<>();
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager trusting) {
                authorities.addAll(List.of(trusting.getAcceptedIssuers()));
            }
        }
        return authorities;
    }
}

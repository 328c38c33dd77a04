package dev.sendex.key.leaks;

import static dev.sendex.common.problem.Problem.FORBIDDEN;

import dev.sendex.key.text.Pem;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Verifies GitHub's signature on alerts: ECDSA on P-256 with SHA-256 over the exact body, in
/// base64 of its DER form (GitHub Docs, 'Secret scanning partner program').
@ApplicationScoped
class GitHubKeys {

    private static final String ALGORITHM = "SHA256withECDSA";

    private final Map<String, PublicKey> keys = new HashMap<>();

    GitHubKeys(LeakConfig config) {
        config.publicKeys().forEach((id, pem) -> keys.put(id, key(id, pem)));
    }

    /// Creates this bean, so that a wrong setting stops the start.
    void load(@Observes StartupEvent started) {}

    private static PublicKey key(String id, String pem) {
        try {
            return KeyFactory.getInstance("EC")
                    .generatePublic(new X509EncodedKeySpec(Pem.read(pem, "PUBLIC KEY")));
        } catch (IllegalArgumentException | GeneralSecurityException malformed) {
            throw new IllegalStateException(
                    "sendex.leaks.github.public-keys.\"%s\" is not a PEM with an EC public key"
                            .formatted(id),
                    malformed);
        }
    }

    /// Refuses a body that was not signed with one of GitHub's keys.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `forbidden`
    void verify(@Nullable String keyId, @Nullable String signature, byte[] body) {
        if (keyId == null || signature == null) {
            throw FORBIDDEN.because(
                    "Alerts are signed: send `Github-Public-Key-Identifier` and"
                            + " `Github-Public-Key-Signature`.");
        }
        PublicKey key = keys.get(keyId);
        if (key == null) {
            throw FORBIDDEN.because("The alert is signed with a key that is not configured here.");
        }
        if (!isSignedBy(key, signature, body)) {
            throw FORBIDDEN.because(
                    "The signature does not match the body. Sign the exact bytes of the body.");
        }
    }

    private static boolean isSignedBy(PublicKey key, String signature, byte[] body) {
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(key);
            verifier.update(body);
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (IllegalArgumentException | SignatureException malformed) {
            return false;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

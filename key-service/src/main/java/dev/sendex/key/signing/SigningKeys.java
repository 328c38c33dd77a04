package dev.sendex.key.signing;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jspecify.annotations.Nullable;

/// The signing key, and further accepted keys. The service does not start without a valid signing
/// key.
@ApplicationScoped
public class SigningKeys {

    private final ECPrivateKey privateKey;
    private final String id;
    private final Map<String, EllipticCurveJsonWebKey> published = new LinkedHashMap<>();

    SigningKeys(SigningConfig config) throws IOException, GeneralSecurityException {
        PemKey signing = PemKey.read(config.signingKeyFile());
        privateKey = signing.privateKey();
        id = publish(signing);
        for (Path file : config.otherKeyFiles().orElse(List.of())) {
            publish(PemKey.read(file));
        }
    }

    private String publish(PemKey key) throws GeneralSecurityException {
        EllipticCurveJsonWebKey jwk = key.publicKey();
        published.put(jwk.getKeyId(), jwk);
        return jwk.getKeyId();
    }

    /// Creates this bean, so that a wrong setting stops the start.
    void load(@Observes StartupEvent started) {}

    public ECPrivateKey privateKey() {
        return privateKey;
    }

    /// The id of the signing key.
    public String id() {
        return id;
    }

    /// The key with this id, or null if it is unknown.
    @Nullable PublicKey find(String keyId) {
        EllipticCurveJsonWebKey key = published.get(keyId);
        return key == null ? null : key.getPublicKey();
    }

    /// The public keys as JWKs (RFC 7517), the signing key first.
    List<Map<String, Object>> published() {
        return published.values().stream()
                .map(key -> key.toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY))
                .toList();
    }
}

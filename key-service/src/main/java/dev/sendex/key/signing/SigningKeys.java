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

/// The key that signs, and those that are accepted beside it. Without a usable one the service does
/// not start.
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

    /// Reads the keys now rather than at the first sign-in.
    void load(@Observes StartupEvent started) {}

    public ECPrivateKey privateKey() {
        return privateKey;
    }

    /// The id of the key that signs.
    public String id() {
        return id;
    }

    /// The key of this id, or null where it is none of ours.
    @Nullable PublicKey find(String keyId) {
        EllipticCurveJsonWebKey key = published.get(keyId);
        return key == null ? null : key.getPublicKey();
    }

    /// The public keys as JWKs (RFC 7517), the signing one first.
    List<Map<String, Object>> published() {
        return published.values().stream()
                .map(key -> key.toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY))
                .toList();
    }
}

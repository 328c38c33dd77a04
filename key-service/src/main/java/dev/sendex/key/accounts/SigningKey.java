package dev.sendex.key.accounts;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;

/// The key that signs sessions. Without a usable one the service does not start.
@ApplicationScoped
class SigningKey {

    private final ECPrivateKey privateKey;
    private final EllipticCurveJsonWebKey publicKey;

    SigningKey(SessionConfig config) throws IOException, GeneralSecurityException {
        String pem = Files.readString(config.signingKeyFile());
        KeyFactory keys = KeyFactory.getInstance("EC");
        privateKey =
                (ECPrivateKey)
                        keys.generatePrivate(new PKCS8EncodedKeySpec(block(pem, "PRIVATE KEY")));
        publicKey =
                new EllipticCurveJsonWebKey(
                        (ECPublicKey)
                                keys.generatePublic(
                                        new X509EncodedKeySpec(block(pem, "PUBLIC KEY"))));
        publicKey.setKeyId(publicKey.calculateBase64urlEncodedThumbprint("SHA-256"));
        publicKey.setAlgorithm("ES256");
        publicKey.setUse("sig");
    }

    /// Reads the key now rather than at the first sign-in.
    void load(@Observes StartupEvent started) {}

    ECPrivateKey privateKey() {
        return privateKey;
    }

    /// RFC 7638's thumbprint, so that every instance names the key alike.
    String id() {
        return publicKey.getKeyId();
    }

    PublicKey publicKey() {
        return publicKey.getPublicKey();
    }

    /// The public key as a JWK (RFC 7517).
    Map<String, Object> publicJwk() {
        return publicKey.toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }

    private static byte[] block(String pem, String name) {
        Matcher found =
                Pattern.compile("-----BEGIN %1$s-----([^-]+)-----END %1$s-----".formatted(name))
                        .matcher(pem);
        if (!found.find()) {
            throw new IllegalStateException(
                    "sendex.sessions.signing-key-file has no block " + name);
        }
        return Base64.getMimeDecoder().decode(found.group(1));
    }
}

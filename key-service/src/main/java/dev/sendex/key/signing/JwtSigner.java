package dev.sendex.key.signing;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.PublicKey;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/// Signs JSON. Others verify it with the keys of `/.well-known/jwks.json`.
@ApplicationScoped
public class JwtSigner {

    /// The signature algorithm (RFC 7518).
    public static final String ALGORITHM = AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;

    private final SigningKeys keys;

    JwtSigner(SigningKeys keys) {
        this.keys = keys;
    }

    /// A compact JWS.
    ///
    /// @param type the header `typ`, so that one kind of token is not accepted as another
    public String sign(String type, String payload) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(ALGORITHM);
        signature.setKeyIdHeaderValue(keys.id());
        signature.setHeader("typ", type);
        signature.setKey(keys.privateKey());
        signature.setPayload(payload);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// The payload of a token that was signed here with this type; otherwise null.
    public @Nullable String verify(String type, String text) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmConstraints(
                new AlgorithmConstraints(ConstraintType.PERMIT, ALGORITHM));
        try {
            signature.setCompactSerialization(text);
            String keyId = signature.getKeyIdHeaderValue();
            PublicKey key = keyId == null ? null : keys.find(keyId);
            if (key == null || !type.equals(signature.getHeader("typ"))) {
                return null;
            }
            signature.setKey(key);
            return signature.verifySignature() ? signature.getPayload() : null;
        } catch (JoseException | IllegalArgumentException | ClassCastException malformed) {
            return null; // a header that is not a string causes a ClassCastException
        }
    }
}

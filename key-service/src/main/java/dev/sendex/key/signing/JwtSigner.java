package dev.sendex.key.signing;

import jakarta.enterprise.context.ApplicationScoped;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/// Signs JSON that others verify with the keys of `/.well-known/jwks.json`.
@ApplicationScoped
public class JwtSigner {

    /// With what it signs (RFC 7518).
    public static final String ALGORITHM = AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;

    private final SigningKeys keys;

    JwtSigner(SigningKeys keys) {
        this.keys = keys;
    }

    /// A compact JWS.
    ///
    /// @param type what the header `typ` says, which keeps one kind of token from passing as
    ///   another
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
}

package dev.sendex.key.clients;

import dev.sendex.key.RegisteredServices;
import java.security.Key;
import java.security.KeyPair;
import java.time.Duration;
import java.util.UUID;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/// Client assertions of private_key_jwt, valid unless a test changes them.
final class Assertions {

    static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private Assertions() {}

    /// Valid claims of the service `signing`.
    static JwtClaims claims(String audience) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(RegisteredServices.SIGNING);
        claims.setSubject(RegisteredServices.SIGNING);
        claims.setAudience(audience);
        claims.setJwtId(UUID.randomUUID().toString());
        claims.setExpirationTime(in(Duration.ofSeconds(60)));
        return claims;
    }

    static NumericDate in(Duration delay) {
        NumericDate time = NumericDate.now();
        time.addSeconds(delay.toSeconds());
        return time;
    }

    static String sign(JwtClaims claims, String algorithm, String keyId, KeyPair key) {
        return sign(claims, algorithm, keyId, key.getPrivate());
    }

    static String sign(JwtClaims claims, String algorithm, String keyId, Key key) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        signature.setAlgorithmHeaderValue(algorithm);
        if (keyId != null) {
            signature.setKeyIdHeaderValue(keyId);
        }
        signature.setKey(key);
        signature.setPayload(claims.toJson());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

package dev.sendex.key.signing;

import dev.sendex.key.text.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.jose4j.jwk.EllipticCurveJsonWebKey;

/// A PEM file with an EC key.
record PemKey(Path file, String text) {

    private static final int P256_BITS = 256;

    static PemKey read(Path file) throws IOException {
        return new PemKey(file, Files.readString(file));
    }

    ECPrivateKey privateKey() throws GeneralSecurityException {
        return (ECPrivateKey)
                KeyFactory.getInstance("EC")
                        .generatePrivate(new PKCS8EncodedKeySpec(block("PRIVATE KEY")));
    }

    /// The public key, with the thumbprint of RFC 7638 as id, which is the same on every instance.
    EllipticCurveJsonWebKey publicKey() throws GeneralSecurityException {
        ECPublicKey key =
                (ECPublicKey)
                        KeyFactory.getInstance("EC")
                                .generatePublic(new X509EncodedKeySpec(block("PUBLIC KEY")));
        if (key.getParams().getCurve().getField().getFieldSize() != P256_BITS) {
            throw new IllegalStateException(file + " holds no key on P-256");
        }
        EllipticCurveJsonWebKey jwk = new EllipticCurveJsonWebKey(key);
        jwk.setKeyId(jwk.calculateBase64urlEncodedThumbprint("SHA-256"));
        jwk.setAlgorithm("ES256");
        jwk.setUse("sig");
        return jwk;
    }

    private byte[] block(String label) {
        try {
            return Pem.read(text, label);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalStateException(file + " " + malformed.getMessage(), malformed);
        }
    }

    @Override
    public String toString() {
        return "PemKey[" + file + "]";
    }
}

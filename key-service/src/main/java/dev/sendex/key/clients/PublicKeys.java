package dev.sendex.key.clients;

import dev.sendex.key.text.Pem;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/// Parses public keys: PEM blocks or a JWK set.
final class PublicKeys {

    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");
    private static final int MIN_RSA_BITS = 2048;

    private PublicKeys() {}

    /// The keys in this text.
    ///
    /// @throws IllegalArgumentException if there is no key, a private key, or a key of a kind that
    ///   cannot sign assertions
    static List<JsonWebKey> read(String text) {
        List<JsonWebKey> keys = text.strip().startsWith("{") ? ofJwks(text) : ofPem(text);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("no public key");
        }
        keys.forEach(PublicKeys::refuseUnsuitable);
        return keys;
    }

    private static List<JsonWebKey> ofJwks(String text) {
        try {
            return new JsonWebKeySet(text).getJsonWebKeys();
        } catch (JoseException malformed) {
            throw new IllegalArgumentException("no JWK set", malformed);
        }
    }

    private static List<JsonWebKey> ofPem(String text) {
        List<Pem.Block> blocks = Pem.read(text);
        if (!blocks.stream().allMatch(block -> block.label().equals("PUBLIC KEY"))) {
            throw new IllegalArgumentException("a block that is not a PUBLIC KEY");
        }
        return blocks.stream().map(block -> jwk(block.der())).toList();
    }

    private static JsonWebKey jwk(byte[] encoded) {
        for (String algorithm : ALGORITHMS) {
            @Nullable PublicKey key = find(algorithm, encoded);
            if (key != null) {
                return jwk(key);
            }
        }
        throw new IllegalArgumentException("a key that is neither EC nor RSA nor Ed25519");
    }

    private static @Nullable PublicKey find(String algorithm, byte[] encoded) {
        try {
            return KeyFactory.getInstance(algorithm)
                    .generatePublic(new X509EncodedKeySpec(encoded));
        } catch (InvalidKeySpecException otherAlgorithm) {
            return null;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static JsonWebKey jwk(PublicKey key) {
        try {
            return JsonWebKey.Factory.newJwk(key);
        } catch (JoseException unsupported) {
            throw new IllegalArgumentException("a key that cannot be used", unsupported);
        }
    }

    private static void refuseUnsuitable(JsonWebKey key) {
        if (!(key instanceof PublicJsonWebKey publicKey)) {
            throw new IllegalArgumentException("a key that is not public");
        }
        @Nullable PrivateKey privateKey = publicKey.getPrivateKey();
        if (privateKey != null) {
            throw new IllegalArgumentException("a private key; only the public one belongs here");
        }
        if (publicKey.getPublicKey() instanceof RSAPublicKey rsa
                && rsa.getModulus().bitLength() < MIN_RSA_BITS) {
            throw new IllegalArgumentException("an RSA key of less than 2048 bits");
        }
    }
}

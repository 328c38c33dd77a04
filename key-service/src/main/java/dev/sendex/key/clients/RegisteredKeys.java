package dev.sendex.key.clients;

import java.security.Key;
import java.util.List;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.SimpleJwkFilter;
import org.jose4j.jwk.Use;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.InvalidAlgorithmException;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/// Finds the registered key that signed an assertion: by id if both have one (keys from PEM have
/// none), otherwise by type and use, and finally by trying each.
record RegisteredKeys(List<JsonWebKey> keys) implements VerificationKeyResolver {

    RegisteredKeys {
        keys = List.copyOf(keys);
    }

    @Override
    public Key resolveKey(JsonWebSignature signature, List<JsonWebStructure> nested)
            throws UnresolvableKeyException {
        for (JsonWebKey key : candidates(signature)) {
            if (verifies(signature, key.getKey())) {
                return key.getKey();
            }
        }
        throw new UnresolvableKeyException("no key matches");
    }

    private List<JsonWebKey> candidates(JsonWebSignature signature)
            throws UnresolvableKeyException {
        SimpleJwkFilter filter = new SimpleJwkFilter();
        if (signature.getKeyIdHeaderValue() != null) {
            filter.setKid(signature.getKeyIdHeaderValue(), SimpleJwkFilter.OMITTED_OKAY);
        }
        try {
            filter.setKty(signature.getKeyType());
        } catch (InvalidAlgorithmException unknown) {
            throw new UnresolvableKeyException("no key matches", unknown);
        }
        filter.setAlg(signature.getAlgorithmHeaderValue(), SimpleJwkFilter.OMITTED_OKAY);
        filter.setUse(Use.SIGNATURE, SimpleJwkFilter.OMITTED_OKAY);
        return filter.filter(keys);
    }

    private static boolean verifies(JsonWebSignature signature, Key key) {
        try {
            signature.setKey(key);
            return signature.verifySignature();
        } catch (JoseException wrongKind) {
            return false;
        }
    }
}

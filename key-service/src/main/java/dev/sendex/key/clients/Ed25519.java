package dev.sendex.key.clients;

import org.jose4j.jwa.AlgorithmFactoryFactory;
import org.jose4j.jws.EdDsaAlgorithm;

/// The name that RFC 9864 gives to what was `EdDSA` with a key on that curve. Newer clients use it;
/// jose4j does not know it yet.
final class Ed25519 extends EdDsaAlgorithm {

    static final String NAME = "Ed25519";

    private Ed25519() {
        setAlgorithmIdentifier(NAME);
        setJavaAlgorithm(NAME);
    }

    /// Makes it known to jose4j.
    static void register() {
        AlgorithmFactoryFactory.getInstance()
                .getJwsAlgorithmFactory()
                .registerAlgorithm(new Ed25519());
    }
}

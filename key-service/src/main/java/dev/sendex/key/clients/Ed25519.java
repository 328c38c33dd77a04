package dev.sendex.key.clients;

import org.jose4j.jwa.AlgorithmFactoryFactory;
import org.jose4j.jws.EdDsaAlgorithm;

/// The RFC 9864 name of `EdDSA` with an Ed25519 key. Newer clients use it, and jose4j does not
/// support it yet.
final class Ed25519 extends EdDsaAlgorithm {

    static final String NAME = "Ed25519";

    private Ed25519() {
        setAlgorithmIdentifier(NAME);
        setJavaAlgorithm(NAME);
    }

    /// Registers it with jose4j.
    static void register() {
        AlgorithmFactoryFactory.getInstance()
                .getJwsAlgorithmFactory()
                .registerAlgorithm(new Ed25519());
    }
}

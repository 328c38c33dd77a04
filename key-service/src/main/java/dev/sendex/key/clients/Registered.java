package dev.sendex.key.clients;

import java.util.List;
import org.jose4j.jwk.JsonWebKey;

/// A service as it is registered, by its way of proving itself.
sealed interface Registered {

    ResourceServer server();

    record WithSecret(ResourceServer server, SecretMac secret) implements Registered {}

    record WithKeys(ResourceServer server, List<JsonWebKey> keys) implements Registered {

        public WithKeys {
            keys = List.copyOf(keys);
        }
    }
}

package dev.sendex.key.clients;

import dev.sendex.common.crypto.HmacSha256;
import dev.sendex.key.clients.ClientAuthentication.ResourceServer;
import dev.sendex.key.clients.ClientConfig.Registration;
import dev.sendex.key.clients.ResourceServers.Registered.WithKeys;
import dev.sendex.key.clients.ResourceServers.Registered.WithSecret;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jose4j.jwk.JsonWebKey;
import org.jspecify.annotations.Nullable;

/// The registered services. An invalid registration stops the start.
@ApplicationScoped
class ResourceServers {

    private static final int MIN_SECRET = 16;

    private final Map<String, Registered> registered = new HashMap<>();
    private final HmacSha256 hmac = SecretMac.underNewKey(new SecureRandom());
    private final SecretMac dummySecret = new SecretMac(hmac, "");

    ResourceServers(ClientConfig config) {
        config.resourceServers().forEach((id, settings) -> registered.put(id, read(id, settings)));
    }

    /// Creates this bean, so that a wrong setting stops the start.
    void load(@Observes StartupEvent started) {}

    /// The service with this id and secret. The time is the same for unknown ids and wrong secrets.
    @Nullable ResourceServer find(ClientCredentials.Secret sent) {
        ClientCredentials.Secret decoded = sent.decoded();
        @Nullable Registered registration = registered.get(decoded.clientId());
        SecretMac expected =
                registration instanceof WithSecret match ? match.secret() : dummySecret;
        boolean valid =
                Stream.of(sent.secret(), decoded.secret()).distinct().anyMatch(expected::matches);
        return valid && registration instanceof WithSecret match ? match.server() : null;
    }

    /// The client id if it is registered, otherwise null.
    @Nullable String registeredId(ClientCredentials.Secret sent) {
        String id = sent.decoded().clientId();
        return registered.containsKey(id) ? id : null;
    }

    /// The service with this id, if it authenticates with assertions.
    @Nullable WithKeys findSigning(String clientId) {
        return registered.get(clientId) instanceof WithKeys match ? match : null;
    }

    private Registered read(String id, Registration settings) {
        ResourceServer server = new ResourceServer(id, settings.lease());
        return switch (settings.authMethod()) {
            case CLIENT_SECRET_BASIC ->
                    new WithSecret(server, new SecretMac(hmac, secret(id, settings)));
            case PRIVATE_KEY_JWT -> new WithKeys(server, keys(id, settings));
        };
    }

    private static String secret(String id, Registration settings) {
        String secret = settings.secret().orElse("");
        if (secret.length() < MIN_SECRET) {
            throw invalid(id, ".secret is missing or has fewer than 16 characters");
        }
        if (settings.publicKeys().isPresent() || settings.publicKeysFile().isPresent()) {
            throw invalid(id, " has public keys but authenticates with its secret");
        }
        return secret;
    }

    private static List<JsonWebKey> keys(String id, Registration settings) {
        Optional<String> text = settings.publicKeys();
        if (settings.secret().isPresent()) {
            throw invalid(id, " has a secret but authenticates with its keys");
        }
        if (text.isPresent() == settings.publicKeysFile().isPresent()) {
            throw invalid(id, " needs either .public-keys or .public-keys-file");
        }
        try {
            return PublicKeys.read(
                    text.isPresent()
                            ? text.get()
                            : Files.readString(settings.publicKeysFile().orElseThrow()));
        } catch (IOException unreadable) {
            throw invalid(id, ".public-keys-file cannot be read");
        } catch (IllegalArgumentException malformed) {
            throw invalid(id, ".public-keys has " + malformed.getMessage());
        }
    }

    private static IllegalStateException invalid(String id, String what) {
        return new IllegalStateException("sendex.introspection.resource-servers." + id + what);
    }

    /// A registered service, by authentication method.
    sealed interface Registered {

        ResourceServer server();

        record WithSecret(ResourceServer server, SecretMac secret) implements Registered {}

        record WithKeys(ResourceServer server, List<JsonWebKey> keys) implements Registered {

            public WithKeys {
                keys = List.copyOf(keys);
            }
        }
    }
}

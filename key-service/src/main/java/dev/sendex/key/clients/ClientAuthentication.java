package dev.sendex.key.clients;

import dev.sendex.key.clients.ClientAssertions.Verified;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Authenticates the registered services.
@ApplicationScoped
public class ClientAuthentication {

    private final ResourceServers servers;
    private final ClientAssertions assertions;
    private final UsedAssertions usedAssertions;
    private final WrongSecrets wrongSecrets;

    ClientAuthentication(
            ResourceServers servers,
            ClientAssertions assertions,
            UsedAssertions usedAssertions,
            WrongSecrets wrongSecrets) {
        this.wrongSecrets = wrongSecrets;
        this.servers = servers;
        this.assertions = assertions;
        this.usedAssertions = usedAssertions;
    }

    /// The service that sends the request. Throws or fails with [OAuthRefusal] if the request does
    /// not authenticate exactly one service, or if that cannot be checked at present.
    ///
    /// @param authorization the headers of this name
    /// @param form the parameters of the body
    /// @param client the client's address, resolved only if needed
    public Uni<ResourceServer> authenticate(
            List<String> authorization,
            Map<String, String> form,
            Supplier<@Nullable InetAddress> client) {
        return switch (ClientCredentials.of(authorization, form)) {
            case ClientCredentials.Secret secret -> bySecret(secret, form, client);
            case ClientCredentials.Assertion(String jwt) ->
                    byAssertion(form, assertions.verify(jwt));
        };
    }

    /// The signature algorithms that are accepted.
    public static List<String> signingAlgorithms() {
        return ClientAssertions.algorithms();
    }

    private Uni<ResourceServer> bySecret(
            ClientCredentials.Secret secret,
            Map<String, String> form,
            Supplier<@Nullable InetAddress> client) {
        ResourceServer server = servers.find(secret);
        return server == null
                ? wrongSecrets.refuse(
                        OAuthRefusal.unknownClient(), servers.registeredId(secret), client.get())
                : Uni.createFrom().item(requireSameClientId(form, server));
    }

    private Uni<ResourceServer> byAssertion(Map<String, String> form, Verified assertion) {
        ResourceServer server = requireSameClientId(form, assertion.server());
        return usedAssertions
                .markUsed(assertion)
                .onFailure()
                .transform(ClientAuthentication::unavailable)
                .map(firstUse -> requireFirstUse(firstUse, server));
    }

    private static ResourceServer requireFirstUse(boolean firstUse, ResourceServer server) {
        if (!firstUse) {
            throw OAuthRefusal.invalidClient(
                    "The client assertion was already used. Sign a new one.");
        }
        return server;
    }

    /// A `client_id` in addition to the credentials must match them.
    private static ResourceServer requireSameClientId(
            Map<String, String> form, @Nullable ResourceServer server) {
        if (server == null
                || !form.getOrDefault("client_id", server.clientId()).equals(server.clientId())) {
            throw OAuthRefusal.unknownClient();
        }
        return server;
    }

    private static OAuthRefusal unavailable(Throwable failure) {
        Log.errorf(failure, "recording client assertion failed");
        return OAuthRefusal.unavailable();
    }

    /// An authenticated service.
    ///
    /// @param lease how long it may cache a key that does not expire earlier
    public record ResourceServer(String clientId, Duration lease) {}
}

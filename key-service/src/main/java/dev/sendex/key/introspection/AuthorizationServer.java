package dev.sendex.key.introspection;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.sendex.common.permission.Permission;
import dev.sendex.key.clients.ClientAuthentication;
import dev.sendex.key.clients.ClientConfig;
import dev.sendex.key.clients.ClientConfig.AuthMethod;
import dev.sendex.key.signing.JwtSigner;
import java.util.Arrays;
import java.util.List;

/// What clients discover about this service (RFC 8414). It issues no tokens by OAuth 2.0, hence the
/// empty lists, which the RFC and some clients want to see.
@JsonNaming(SnakeCaseStrategy.class)
record AuthorizationServer(
        String issuer,
        String jwksUri,
        String introspectionEndpoint,
        List<String> introspectionEndpointAuthMethodsSupported,
        List<String> introspectionEndpointAuthSigningAlgValuesSupported,
        List<String> introspectionSigningAlgValuesSupported,
        List<String> scopesSupported,
        List<String> responseTypesSupported,
        List<String> grantTypesSupported) {

    static AuthorizationServer of(ClientConfig config) {
        return new AuthorizationServer(
                config.issuer(),
                config.at("/.well-known/jwks.json"),
                config.endpoint(),
                AuthMethod.names(),
                ClientAuthentication.signingAlgorithms(),
                List.of(JwtSigner.ALGORITHM),
                Arrays.stream(Permission.values()).map(Permission::value).toList(),
                List.of(),
                List.of());
    }
}

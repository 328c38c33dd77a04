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

/// The metadata of this authorization server (RFC 8414). It issues no OAuth 2.0 tokens, so the
/// lists that the RFC requires are empty.
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

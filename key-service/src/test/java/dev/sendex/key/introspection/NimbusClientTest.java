package dev.sendex.key.introspection;

import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.issue;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.TokenIntrospectionErrorResponse;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionResponse;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import dev.sendex.key.ClientKeys;
import dev.sendex.key.ClientSecret;
import dev.sendex.key.RegisteredServices;
import dev.sendex.key.RunningService;
import dev.sendex.key.SecretsResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.net.URI;
import java.security.KeyPair;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The OAuth 2.0 SDK of Nimbus, unmodified, against the running service.
@QuarkusTest
@RunningService
class NimbusClientTest {

    @ClientSecret String secret;
    @ClientKeys Map<String, KeyPair> keys;

    @Test
    void it_discovers_the_service() throws Exception {
        AuthorizationServerMetadata metadata = metadata();

        assertThat(metadata.getIntrospectionEndpointAuthMethods())
                .containsExactly(
                        ClientAuthenticationMethod.CLIENT_SECRET_BASIC,
                        ClientAuthenticationMethod.PRIVATE_KEY_JWT);
        assertThat(metadata.getJWKSetURI())
                .isEqualTo(URI.create(base() + "/.well-known/jwks.json"));
    }

    @Test
    void it_introspects_with_a_client_secret() throws Exception {
        Instant expiry = Instant.now().plusSeconds(600).truncatedTo(ChronoUnit.SECONDS);
        Response key =
                issue(
                        anOwner(),
                        Map.of(
                                "permissions",
                                List.of("emails:send", "emails:read"),
                                "expires_at",
                                expiry.toString()));

        TokenIntrospectionSuccessResponse answer =
                introspect(basic(secret), key.path("token")).toSuccessResponse();

        assertThat(answer.isActive()).isTrue();
        assertThat(answer.getScope().toStringList()).containsExactly("emails:send", "emails:read");
        assertThat(answer.getClientID().getValue()).isEqualTo(key.<String>path("id"));
        assertThat(answer.getIssuer()).isEqualTo(new Issuer(base()));
        assertThat(answer.getExpirationTime().toInstant()).isEqualTo(expiry);
        assertThat(answer.getTokenType().getValue()).isEqualTo("Bearer");
    }

    @Test
    void it_introspects_with_assertions() throws Exception {
        String token = issue(anOwner(), Map.of("preset", "read_only")).path("token");

        for (Map.Entry<JWSAlgorithm, String> way :
                Map.of(
                                JWSAlgorithm.ES256,
                                "es",
                                JWSAlgorithm.RS256,
                                "rsa",
                                JWSAlgorithm.PS256,
                                "rsa")
                        .entrySet()) {
            ClientAuthentication assertion =
                    new PrivateKeyJWT(
                            new ClientID(RegisteredServices.SIGNING),
                            metadata().getIntrospectionEndpointURI(),
                            way.getKey(),
                            keys.get(way.getValue()).getPrivate(),
                            way.getValue(),
                            null);

            assertThat(introspect(assertion, token).toSuccessResponse().isActive()).isTrue();
        }
    }

    @Test
    void it_parses_an_inactive_response() throws Exception {
        TokenIntrospectionSuccessResponse answer =
                introspect(basic(secret), "unknown").toSuccessResponse();

        assertThat(answer.isActive()).isFalse();
        assertThat(answer.toJSONObject()).hasSize(1);
    }

    @Test
    void it_parses_error_responses() throws Exception {
        TokenIntrospectionErrorResponse refused =
                introspect(basic("a wrong secret"), "unknown").toErrorResponse();
        assertThat(refused.getErrorObject().getHTTPStatusCode()).isEqualTo(401);
        assertThat(refused.getErrorObject().getCode()).isEqualTo("invalid_client");
        ClientAuthentication post =
                new ClientSecretPost(new ClientID(SecretsResource.CLIENT), new Secret(secret));
        assertThat(introspect(post, "unknown").toErrorResponse().getErrorObject().getDescription())
                .contains("client_secret_basic");
    }

    private static ClientAuthentication basic(String secret) {
        return new ClientSecretBasic(new ClientID(SecretsResource.CLIENT), new Secret(secret));
    }

    private static TokenIntrospectionResponse introspect(
            ClientAuthentication authentication, String token) throws Exception {
        URI endpoint = metadata().getIntrospectionEndpointURI();
        return TokenIntrospectionResponse.parse(
                new TokenIntrospectionRequest(
                                endpoint, authentication, new BearerAccessToken(token))
                        .toHTTPRequest()
                        .send());
    }

    private static AuthorizationServerMetadata metadata() throws Exception {
        return AuthorizationServerMetadata.resolve(new Issuer(base()));
    }

    private static String base() {
        return "http://127.0.0.1:" + RestAssured.port;
    }
}

package dev.sendex.key.introspection;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import dev.sendex.fixture.Contract;
import dev.sendex.key.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@RunningService
class AuthorizationServerResourceTest {

    @ParameterizedTest
    @ValueSource(strings = {"oauth-authorization-server", "openid-configuration"})
    void clients_discover_how_to_introspect(String document) {
        String base = "http://127.0.0.1:" + RestAssured.port;

        given().filter(Contract.read().check())
                .get("/.well-known/{document}", document)
                .then()
                .statusCode(200)
                .body("issuer", equalTo(base))
                .body("introspection_endpoint", equalTo(base + "/oauth2/introspect"))
                .body("jwks_uri", equalTo(base + "/.well-known/jwks.json"))
                .body(
                        "introspection_endpoint_auth_methods_supported",
                        contains("client_secret_basic", "private_key_jwt"))
                .body(
                        "introspection_endpoint_auth_signing_alg_values_supported",
                        contains("ES256", "RS256", "PS256", "EdDSA", "Ed25519"))
                .body("introspection_signing_alg_values_supported", contains("ES256"))
                .body("scopes_supported", hasItems("emails:send", "account:write"))
                .body("response_types_supported", empty())
                .body("grant_types_supported", empty());
    }
}

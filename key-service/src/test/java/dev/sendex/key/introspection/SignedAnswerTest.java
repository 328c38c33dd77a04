package dev.sendex.key.introspection;

import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.issue;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.fixture.Contract;
import dev.sendex.key.ClientSecret;
import dev.sendex.key.RunningService;
import dev.sendex.key.SecretsResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.common.mapper.TypeRef;
import io.restassured.response.Response;
import java.util.Map;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.junit.jupiter.api.Test;

@QuarkusTest
@RunningService
class SignedAnswerTest {

    private static final String SIGNED = "application/token-introspection+jwt";

    private static final TypeRef<Map<String, Object>> PLAIN = new TypeRef<>() {};

    @ClientSecret String secret;

    @Test
    void a_signed_response_has_the_same_members_and_an_audience() throws Exception {
        String token = issue(anOwner(), Map.of("preset", "read_only")).path("token");
        Map<String, Object> plain = introspect(token, "application/json").as(PLAIN);

        Response answer = introspect(token, SIGNED);

        assertThat(answer.contentType()).isEqualTo(SIGNED);
        JwtClaims claims = verified(answer.asString());
        assertThat(claims.getClaimNames())
                .containsExactlyInAnyOrder("iss", "aud", "iat", "token_introspection");
        assertThat(claims.getIssuer()).isEqualTo("http://127.0.0.1:" + RestAssured.port);
        assertThat(Math.abs(claims.getIssuedAt().getValue() - NumericDate.now().getValue()))
                .isLessThan(30);
        assertThat(about(claims).keySet()).isEqualTo(plain.keySet());
        assertThat(about(claims).get("active")).isEqualTo(true);
        assertThat(about(claims).get("scope")).isEqualTo(plain.get("scope"));
        assertThat(about(claims).get("client_id")).isEqualTo(plain.get("client_id"));
    }

    @Test
    void a_signed_inactive_response_contains_nothing_else() throws Exception {
        JwtClaims claims = verified(introspect("unknown", SIGNED).asString());

        assertThat(about(claims)).isEqualTo(Map.of("active", false));
    }

    @Test
    void refusals_are_never_signed() {
        Response answer =
                given().filter(Contract.read().check())
                        .accept(SIGNED)
                        .contentType("application/x-www-form-urlencoded")
                        .formParam("token", "x")
                        .post("/oauth2/introspect");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.contentType()).isEqualTo("application/json");
    }

    private Response introspect(String token, String accept) {
        Response answer =
                given().filter(Contract.read().check())
                        .auth()
                        .preemptive()
                        .basic(SecretsResource.CLIENT, secret)
                        .accept(accept)
                        .contentType("application/x-www-form-urlencoded")
                        .formParam("token", token)
                        .post("/oauth2/introspect");
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer;
    }

    private static Map<?, ?> about(JwtClaims claims) {
        return (Map<?, ?>) claims.getClaimValue("token_introspection");
    }

    private static JwtClaims verified(String jwt) throws Exception {
        String published = given().get("/.well-known/jwks.json").asString();
        return new JwtConsumerBuilder()
                .setVerificationKeyResolver(
                        new JwksVerificationKeyResolver(
                                new JsonWebKeySet(published).getJsonWebKeys()))
                .setExpectedType(true, "token-introspection+jwt")
                .setExpectedAudience(SecretsResource.CLIENT)
                .build()
                .processToClaims(jwt);
    }
}

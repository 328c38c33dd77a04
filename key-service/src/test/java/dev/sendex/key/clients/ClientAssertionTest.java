package dev.sendex.key.clients;

import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.issue;
import static dev.sendex.key.clients.Assertions.claims;
import static dev.sendex.key.clients.Assertions.in;
import static dev.sendex.key.clients.Assertions.sign;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.sendex.fixture.Contract;
import dev.sendex.key.ClientKeys;
import dev.sendex.key.ClientSecret;
import dev.sendex.key.RegisteredServices;
import dev.sendex.key.RunningService;
import dev.sendex.key.SecretsResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@RunningService
class ClientAssertionTest {

    @ClientKeys Map<String, KeyPair> keys;
    @ClientSecret String secret;

    @ParameterizedTest
    @CsvSource({"ES256, es", "RS256, rsa", "PS256, rsa", "EdDSA, ed", "Ed25519, ed"})
    void a_service_proves_itself_with_any_of_its_keys(String algorithm, String key) {
        accepted(sign(claims(endpoint()), algorithm, key, keys.get(key)));
        accepted(sign(claims(endpoint()), algorithm, null, keys.get(key)));
    }

    @Test
    void a_key_from_a_pem_file_works_whatever_the_assertion_calls_it() {
        JwtClaims claims = claims(endpoint());
        claims.setIssuer(RegisteredServices.SIGNING_PEM);
        claims.setSubject(RegisteredServices.SIGNING_PEM);

        accepted(sign(claims, "ES256", "any name", keys.get("pem")));
    }

    @Test
    void an_assertion_may_be_meant_for_the_issuer() {
        accepted(good(claims(base())));
        JwtClaims several = claims(base());
        several.setAudience("https://another.example", base());
        accepted(good(several));
    }

    @Test
    void the_lease_is_that_of_the_service_which_asks() {
        String token = issue(anOwner(), Map.of("preset", "read_only")).path("token");
        JwtClaims claims = claims(endpoint());
        claims.setIssuer(RegisteredServices.SIGNING_PEM);
        claims.setSubject(RegisteredServices.SIGNING_PEM);

        Response answer =
                ask(sign(claims, "ES256", "pem", keys.get("pem")), token)
                        .post("/oauth2/introspect");

        long lease = answer.<Integer>path("exp") - answer.<Integer>path("iat");
        assertThat(lease).isBetween(58L, 80L);
    }

    @Test
    void an_assertion_counts_once() {
        String assertion = good(claims(endpoint()));

        accepted(assertion);
        refused(assertion);
    }

    @Test
    void the_id_counts_and_not_the_signature() {
        JwtClaims claims = claims(endpoint());

        accepted(good(claims));
        refused(sign(claims, "RS256", "rsa", keys.get("rsa")));
    }

    @Test
    void of_many_uses_at_the_same_time_one_counts() throws Exception {
        String assertion = good(claims(endpoint()));
        Callable<Integer> use = () -> ask(assertion, "x").post("/oauth2/introspect").statusCode();

        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = pool.invokeAll(List.of(use, use, use, use, use, use));

            assertThat(answers)
                    .extracting(Future::resultNow)
                    .containsOnlyOnce(200)
                    .containsOnly(200, 401);
        }
    }

    @Test
    void an_assertion_that_lacks_a_claim_is_refused() {
        for (String claim : List.of("iss", "sub", "aud", "exp", "jti")) {
            JwtClaims claims = claims(endpoint());
            claims.unsetClaim(claim);

            refused(good(claims));
        }
    }

    @Test
    void an_assertion_about_or_for_somebody_else_is_refused() {
        JwtClaims issuer = claims(endpoint());
        issuer.setIssuer(RegisteredServices.SIGNING_PEM);
        refused(good(issuer));
        JwtClaims subject = claims(endpoint());
        subject.setSubject(RegisteredServices.SIGNING_PEM);
        refused(good(subject));
        JwtClaims unknown = claims(endpoint());
        unknown.setIssuer("unknown");
        unknown.setSubject("unknown");
        refused(good(unknown));
        refused(good(claims("https://another.example/oauth2/introspect")));
    }

    @Test
    void an_assertion_out_of_date_is_refused() {
        JwtClaims expired = claims(endpoint());
        expired.setExpirationTime(in(Duration.ofSeconds(-30)));
        refused(good(expired));
        JwtClaims early = claims(endpoint());
        early.setNotBefore(in(Duration.ofMinutes(2)));
        refused(good(early));
        JwtClaims longLived = claims(endpoint());
        longLived.setExpirationTime(in(Duration.ofHours(2)));
        refused(good(longLived));
        JwtClaims endless = claims(endpoint());
        endless.setClaim("exp", Long.MAX_VALUE);
        refused(good(endless));
    }

    @Test
    void an_assertion_with_claims_of_another_type_is_refused() {
        for (String claim : List.of("iss", "sub", "aud", "exp", "jti", "nbf")) {
            JwtClaims claims = claims(endpoint());
            claims.setClaim(claim, Map.of("not", "this"));

            refused(good(claims));
        }
    }

    @Test
    void an_assertion_that_no_registered_key_signed_is_refused() throws Exception {
        KeyPair foreign = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        refused(sign(claims(endpoint()), "EdDSA", "ed", foreign));
        refused(sign(claims(endpoint()), "EdDSA", null, foreign));
        refused(sign(claims(endpoint()), "ES256", "es", keys.get("pem")));
        refused(sign(claims(endpoint()), "ES256", "another", keys.get("es")));
    }

    @Test
    void an_assertion_signed_with_another_algorithm_is_refused() {
        SecretKeySpec publicKey =
                new SecretKeySpec(keys.get("rsa").getPublic().getEncoded(), "HmacSHA256");
        refused(sign(claims(endpoint()), "HS256", "rsa", publicKey));
        refused(sign(claims(endpoint()), "RS512", "rsa", keys.get("rsa")));
        refused(sign(claims(endpoint()), "none", null, (Key) null));
    }

    @Test
    void a_changed_assertion_is_refused() {
        String[] parts = good(claims(endpoint())).split("\\.");
        String[] others = good(claims(endpoint())).split("\\.");

        refused(parts[0] + "." + others[1] + "." + parts[2]);
        refused(parts[0] + "." + parts[1] + ".");
        refused(parts[0] + "." + parts[1]);
    }

    @Test
    void what_is_no_assertion_is_refused() {
        for (String nonsense :
                List.of("x", "a.b.c", "....", "e30.e30.e30", "a.b.c.d.e", "{}", "é.\u0000.ü")) {
            refused(nonsense);
        }
        refused("[".repeat(10_000));
        String deep = "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000);
        refused(base64(deep) + "." + base64(deep) + ".AAAA");
    }

    @Test
    void an_assertion_needs_its_type() {
        String assertion = good(claims(endpoint()));
        form().formParam("token", "x")
                .formParam("client_assertion", assertion)
                .post("/oauth2/introspect")
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_request"));
        form().formParam("token", "x")
                .formParam("client_assertion_type", Assertions.TYPE)
                .post("/oauth2/introspect")
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_request"));
        form().formParam("token", "x")
                .formParam("client_assertion", assertion)
                .formParam(
                        "client_assertion_type",
                        "urn:ietf:params:oauth:client-assertion-type:saml2-bearer")
                .post("/oauth2/introspect")
                .then()
                .statusCode(401)
                .body("error", equalTo("invalid_client"));
    }

    @Test
    void a_client_id_beside_an_assertion_must_be_its_issuer() {
        ask(good(claims(endpoint())), "x")
                .formParam("client_id", RegisteredServices.SIGNING)
                .post("/oauth2/introspect")
                .then()
                .statusCode(200);
        ask(good(claims(endpoint())), "x")
                .formParam("client_id", RegisteredServices.SIGNING_PEM)
                .post("/oauth2/introspect")
                .then()
                .statusCode(401);
    }

    @Test
    void a_service_proves_itself_in_its_own_way_only() {
        form().auth()
                .preemptive()
                .basic(RegisteredServices.SIGNING, "")
                .formParam("token", "x")
                .post("/oauth2/introspect")
                .then()
                .statusCode(401);
        JwtClaims claims = claims(endpoint());
        claims.setIssuer(SecretsResource.CLIENT);
        claims.setSubject(SecretsResource.CLIENT);
        refused(good(claims));
        refused(
                sign(
                        claims,
                        "HS256",
                        null,
                        new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256")));
    }

    private String good(JwtClaims claims) {
        return sign(claims, "ES256", "es", keys.get("es"));
    }

    private static void accepted(String assertion) {
        ask(assertion, "x")
                .post("/oauth2/introspect")
                .then()
                .statusCode(200)
                .body("active", equalTo(false));
    }

    private static void refused(String assertion) {
        ask(assertion, "x " + UUID.randomUUID())
                .post("/oauth2/introspect")
                .then()
                .statusCode(401)
                .body("error", equalTo("invalid_client"));
    }

    private static RequestSpecification ask(String assertion, String token) {
        return form().formParam("client_assertion_type", Assertions.TYPE)
                .formParam("client_assertion", assertion)
                .formParam("token", token);
    }

    private static RequestSpecification form() {
        return given().filter(Contract.read().check())
                .contentType("application/x-www-form-urlencoded");
    }

    private static String endpoint() {
        return base() + "/oauth2/introspect";
    }

    private static String base() {
        return "http://127.0.0.1:" + RestAssured.port;
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

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
    void a_service_can_authenticate_with_any_of_its_keys(String algorithm, String key) {
        assertAccepted(sign(claims(endpoint()), algorithm, key, keys.get(key)));
        assertAccepted(sign(claims(endpoint()), algorithm, null, keys.get(key)));
    }

    @Test
    void a_key_from_a_pem_file_is_accepted_with_any_key_id() {
        JwtClaims claims = claims(endpoint());
        claims.setIssuer(RegisteredServices.SIGNING_PEM);
        claims.setSubject(RegisteredServices.SIGNING_PEM);

        assertAccepted(sign(claims, "ES256", "any name", keys.get("pem")));
    }

    @Test
    void the_issuer_is_accepted_as_audience() {
        assertAccepted(signed(claims(base())));
        JwtClaims several = claims(base());
        several.setAudience("https://another.example", base());
        assertAccepted(signed(several));
    }

    @Test
    void the_response_has_the_lease_of_the_requesting_service() {
        String token = issue(anOwner(), Map.of("preset", "read_only")).path("token");
        JwtClaims claims = claims(endpoint());
        claims.setIssuer(RegisteredServices.SIGNING_PEM);
        claims.setSubject(RegisteredServices.SIGNING_PEM);

        Response answer =
                request(sign(claims, "ES256", "pem", keys.get("pem")), token)
                        .post("/oauth2/introspect");

        long lease = answer.<Integer>path("exp") - answer.<Integer>path("iat");
        assertThat(lease).isBetween(58L, 80L);
    }

    @Test
    void an_assertion_is_accepted_once() {
        String assertion = signed(claims(endpoint()));

        assertAccepted(assertion);
        assertRefused(assertion);
    }

    @Test
    void reuse_is_detected_by_the_id_not_the_signature() {
        JwtClaims claims = claims(endpoint());

        assertAccepted(signed(claims));
        assertRefused(sign(claims, "RS256", "rsa", keys.get("rsa")));
    }

    @Test
    void only_one_of_many_concurrent_uses_is_accepted() throws Exception {
        String assertion = signed(claims(endpoint()));
        Callable<Integer> use =
                () -> request(assertion, "x").post("/oauth2/introspect").statusCode();

        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = pool.invokeAll(List.of(use, use, use, use, use, use));

            assertThat(answers)
                    .extracting(Future::resultNow)
                    .containsOnlyOnce(200)
                    .containsOnly(200, 401);
        }
    }

    @Test
    void an_assertion_without_a_required_claim_is_refused() {
        for (String claim : List.of("iss", "sub", "aud", "exp", "jti")) {
            JwtClaims claims = claims(endpoint());
            claims.unsetClaim(claim);

            assertRefused(signed(claims));
        }
    }

    @Test
    void an_assertion_with_another_issuer_subject_or_audience_is_refused() {
        JwtClaims issuer = claims(endpoint());
        issuer.setIssuer(RegisteredServices.SIGNING_PEM);
        assertRefused(signed(issuer));
        JwtClaims subject = claims(endpoint());
        subject.setSubject(RegisteredServices.SIGNING_PEM);
        assertRefused(signed(subject));
        JwtClaims unknown = claims(endpoint());
        unknown.setIssuer("unknown");
        unknown.setSubject("unknown");
        assertRefused(signed(unknown));
        assertRefused(signed(claims("https://another.example/oauth2/introspect")));
    }

    @Test
    void an_expired_early_or_long_lived_assertion_is_refused() {
        JwtClaims expired = claims(endpoint());
        expired.setExpirationTime(in(Duration.ofSeconds(-30)));
        assertRefused(signed(expired));
        JwtClaims early = claims(endpoint());
        early.setNotBefore(in(Duration.ofMinutes(2)));
        assertRefused(signed(early));
        JwtClaims longLived = claims(endpoint());
        longLived.setExpirationTime(in(Duration.ofHours(2)));
        assertRefused(signed(longLived));
        JwtClaims endless = claims(endpoint());
        endless.setClaim("exp", Long.MAX_VALUE);
        assertRefused(signed(endless));
    }

    @Test
    void an_assertion_with_a_claim_of_the_wrong_type_is_refused() {
        for (String claim : List.of("iss", "sub", "aud", "exp", "jti", "nbf")) {
            JwtClaims claims = claims(endpoint());
            claims.setClaim(claim, Map.of("wrong", "type"));

            assertRefused(signed(claims));
        }
    }

    @Test
    void an_assertion_signed_by_an_unregistered_key_is_refused() throws Exception {
        KeyPair foreign = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        assertRefused(sign(claims(endpoint()), "EdDSA", "ed", foreign));
        assertRefused(sign(claims(endpoint()), "EdDSA", null, foreign));
        assertRefused(sign(claims(endpoint()), "ES256", "es", keys.get("pem")));
        assertRefused(sign(claims(endpoint()), "ES256", "another", keys.get("es")));
    }

    @Test
    void an_assertion_signed_with_an_unsupported_algorithm_is_refused() {
        SecretKeySpec publicKey =
                new SecretKeySpec(keys.get("rsa").getPublic().getEncoded(), "HmacSHA256");
        assertRefused(sign(claims(endpoint()), "HS256", "rsa", publicKey));
        assertRefused(sign(claims(endpoint()), "RS512", "rsa", keys.get("rsa")));
        assertRefused(sign(claims(endpoint()), "none", null, (Key) null));
    }

    @Test
    void an_altered_assertion_is_refused() {
        String[] parts = signed(claims(endpoint())).split("\\.");
        String[] others = signed(claims(endpoint())).split("\\.");

        assertRefused(parts[0] + "." + others[1] + "." + parts[2]);
        assertRefused(parts[0] + "." + parts[1] + ".");
        assertRefused(parts[0] + "." + parts[1]);
    }

    @Test
    void a_malformed_assertion_is_refused() {
        for (String malformed :
                List.of("x", "a.b.c", "....", "e30.e30.e30", "a.b.c.d.e", "{}", "é.\u0000.ü")) {
            assertRefused(malformed);
        }
        assertRefused("[".repeat(10_000));
        String deep = "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000);
        assertRefused(base64(deep) + "." + base64(deep) + ".AAAA");
    }

    @Test
    void an_assertion_requires_the_assertion_type() {
        String assertion = signed(claims(endpoint()));
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
    void an_additional_client_id_must_match_the_issuer() {
        request(signed(claims(endpoint())), "x")
                .formParam("client_id", RegisteredServices.SIGNING)
                .post("/oauth2/introspect")
                .then()
                .statusCode(200);
        request(signed(claims(endpoint())), "x")
                .formParam("client_id", RegisteredServices.SIGNING_PEM)
                .post("/oauth2/introspect")
                .then()
                .statusCode(401);
    }

    @Test
    void a_service_must_use_its_own_authentication_method() {
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
        assertRefused(signed(claims));
        assertRefused(
                sign(
                        claims,
                        "HS256",
                        null,
                        new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256")));
    }

    private String signed(JwtClaims claims) {
        return sign(claims, "ES256", "es", keys.get("es"));
    }

    private static void assertAccepted(String assertion) {
        request(assertion, "x")
                .post("/oauth2/introspect")
                .then()
                .statusCode(200)
                .body("active", equalTo(false));
    }

    private static void assertRefused(String assertion) {
        request(assertion, "x " + UUID.randomUUID())
                .post("/oauth2/introspect")
                .then()
                .statusCode(401)
                .body("error", equalTo("invalid_client"));
    }

    private static RequestSpecification request(String assertion, String token) {
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

package dev.sendex.common.identity;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.sendex.fixture.IntrospectionAuthority;
import dev.sendex.fixture.IntrospectionResource;
import dev.sendex.fixture.KafkaResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(IntrospectionResource.class)
class SessionTest {

    private static final String USER = UUID.randomUUID().toString();
    private static final String ACCOUNT = UUID.randomUUID().toString();

    IntrospectionAuthority authority;

    @Test
    void a_session_grants_its_scope() {
        String session = aSession("emails:send");

        withHeader(session)
                .get("/guarded/me")
                .then()
                .statusCode(200)
                .body("name", is(USER))
                .body("account", is(ACCOUNT))
                .body("permissions", contains("emails:send"));
        withHeader(session).post("/guarded/send").then().statusCode(200);
        withHeader(session)
                .get("/guarded/emails")
                .then()
                .statusCode(403)
                .contentType("application/json")
                .body("code", is("restricted_api_key"));
    }

    @Test
    void a_browser_can_send_the_session_in_its_cookie() {
        withCookie(aSession("emails:read")).get("/guarded/emails").then().statusCode(200);
    }

    @Test
    void an_expired_session_is_refused() {
        long past = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond();
        assertInvalid(withHeader(authority.session(claims("exp", past))).get("/guarded/me").then());
    }

    @Test
    void a_session_of_another_issuer_is_refused() {
        assertInvalid(
                withHeader(authority.session(claims("iss", "evil"))).get("/guarded/me").then());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sub", "account_id", "role", "scope"})
    void a_session_without_a_required_claim_is_refused(String claim) {
        Map<String, Object> claims = claims("scope", "emails:read");
        claims.remove(claim);
        assertInvalid(withHeader(authority.session(claims)).get("/guarded/me").then());
    }

    @Test
    void a_session_with_altered_claims_is_refused() {
        String[] parts = aSession("emails:read").split("\\.");
        String forged = encode("{\"iss\":\"sendex\",\"exp\":4102444800,\"sub\":\"%s\"}");
        assertInvalid(
                withHeader(parts[0] + "." + forged + "." + parts[2]).get("/guarded/me").then());
    }

    @Test
    void a_session_with_no_or_a_symmetric_signature_is_refused() {
        String[] parts = aSession("emails:read").split("\\.");
        String kid = kid(parts[0]);
        for (String algorithm : new String[] {"none", "HS256"}) {
            String header = "{\"alg\":\"%s\",\"kid\":\"%s\"}".formatted(algorithm, kid);
            String token = encode(header) + "." + parts[1] + "." + parts[2];
            assertInvalid(withHeader(token).get("/guarded/me").then());
        }
    }

    @Test
    void a_session_signed_by_an_unknown_key_is_refused() {
        String[] parts = aSession("emails:read").split("\\.");
        String header = encode("{\"alg\":\"ES256\",\"kid\":\"other\"}");
        assertInvalid(
                withHeader(header + "." + parts[1] + "." + parts[2]).get("/guarded/me").then());
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "[]", "{}", "null", "true", "[\"a\"]"})
    void a_session_with_a_header_of_the_wrong_type_is_refused(String value) {
        String[] parts = aSession("emails:read").split("\\.");
        String kid = kid(parts[0]);
        for (String header :
                List.of(
                        "{\"alg\":\"ES256\",\"kid\":%s}".formatted(value),
                        "{\"alg\":%s,\"kid\":\"%s\"}".formatted(value, kid),
                        "{\"alg\":\"ES256\",\"kid\":\"%s\",\"crit\":%s}".formatted(kid, value))) {
            String token = encode(header) + "." + parts[1] + "." + parts[2];
            assertInvalid(withHeader(token).get("/guarded/me").then());
            assertInvalid(withCookie(token).get("/guarded/me").then());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "none", "Same-Origin"})
    void a_cross_site_page_cannot_use_the_cookie_to_change_anything(String site) {
        withCookie(aSession("emails:send"))
                .header("Sec-Fetch-Site", site)
                .header("Origin", origin())
                .post("/guarded/send")
                .then()
                .statusCode(403)
                .contentType("application/json")
                .body("code", is("forbidden"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.test",
                "null",
                "http://localhost:1",
                "http://localhost.evil.test",
                "not a URI"
            })
    void a_foreign_origin_is_refused(String origin) {
        withCookie(aSession("emails:send"))
                .header("Origin", origin)
                .post("/guarded/send")
                .then()
                .statusCode(403);
        withCookie(aSession("emails:send"))
                .header("Sec-Fetch-Site", "same-origin")
                .header("Origin", origin)
                .post("/guarded/send")
                .then()
                .statusCode(403);
    }

    @Test
    void a_change_by_cookie_without_origin_headers_is_refused() {
        withCookie(aSession("emails:send"))
                .post("/guarded/send")
                .then()
                .statusCode(403)
                .body("detail", containsString("Authorization"));
    }

    @Test
    void a_same_origin_page_can_change_things_by_cookie() {
        String session = aSession("emails:send");
        withCookie(session)
                .contentType("application/json")
                .header("Sec-Fetch-Site", "same-origin")
                .post("/guarded/send")
                .then()
                .statusCode(200);
        withCookie(session)
                .contentType("application/json")
                .header("Origin", origin())
                .post("/guarded/send")
                .then()
                .statusCode(200);
        withCookie(session)
                .contentType("application/json")
                .header("Sec-Fetch-Site", "same-origin")
                .header("Origin", origin())
                .post("/guarded/send")
                .then()
                .statusCode(200);
    }

    @Test
    void the_cookie_is_ignored_if_there_is_an_authorization_header() {
        withCookie(aSession("emails:read"))
                .header("Authorization", "Bearer sk_live_nonsense")
                .get("/guarded/emails")
                .then()
                .statusCode(401);
        withCookie(aSession("emails:read"))
                .header("Authorization", "Basic eDp5")
                .get("/guarded/emails")
                .then()
                .statusCode(401)
                .body("code", is("missing_api_key"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "a.b.c"})
    void a_malformed_cookie_is_refused(String value) {
        withCookie(value).get("/guarded/me").then().statusCode(401);
    }

    private String aSession(String scope) {
        return authority.session(claims("scope", scope));
    }

    private static Map<String, Object> claims(String name, Object value) {
        Map<String, Object> claims = new HashMap<>();
        claims.put("sub", USER);
        claims.put("account_id", ACCOUNT);
        claims.put("role", "owner");
        claims.put("scope", "emails:read");
        claims.put(name, value);
        return claims;
    }

    private static String kid(String header) {
        String json = new String(Base64.getUrlDecoder().decode(header));
        return json.replaceAll(".*\"kid\":\"([^\"]+)\".*", "$1");
    }

    private static String encode(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes());
    }

    private static String origin() {
        return RestAssured.baseURI + ":" + RestAssured.port;
    }

    private static RequestSpecification withHeader(String session) {
        return given().header("Authorization", "Bearer " + session);
    }

    private static RequestSpecification withCookie(String session) {
        return given().cookie("sendex_session", session);
    }

    private static void assertInvalid(ValidatableResponse response) {
        response.statusCode(401)
                .contentType("application/json")
                .header("WWW-Authenticate", containsString("error=\"invalid_token\""))
                .body("code", is("invalid_api_key"));
    }
}

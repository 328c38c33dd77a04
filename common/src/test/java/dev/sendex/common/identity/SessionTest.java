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
    void a_session_opens_what_its_scope_says() {
        String session = aSession("emails:send");

        bearing(session)
                .get("/guarded/me")
                .then()
                .statusCode(200)
                .body("name", is(USER))
                .body("account", is(ACCOUNT))
                .body("permissions", contains("emails:send"));
        bearing(session).post("/guarded/send").then().statusCode(200);
        bearing(session)
                .get("/guarded/emails")
                .then()
                .statusCode(403)
                .contentType("application/json")
                .body("code", is("restricted_api_key"));
    }

    @Test
    void a_browser_may_carry_the_session_in_its_cookie() {
        carrying(aSession("emails:read")).get("/guarded/emails").then().statusCode(200);
    }

    @Test
    void an_expired_session_is_refused() {
        long past = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond();
        invalid(bearing(authority.session(claims("exp", past))).get("/guarded/me").then());
    }

    @Test
    void a_session_of_another_issuer_is_refused() {
        invalid(bearing(authority.session(claims("iss", "evil"))).get("/guarded/me").then());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sub", "account_id", "role", "scope"})
    void a_session_that_does_not_say_whose_it_is_is_refused(String claim) {
        Map<String, Object> claims = claims("scope", "emails:read");
        claims.remove(claim);
        invalid(bearing(authority.session(claims)).get("/guarded/me").then());
    }

    @Test
    void a_session_whose_claims_were_changed_is_refused() {
        String[] parts = aSession("emails:read").split("\\.");
        String forged = encode("{\"iss\":\"sendex\",\"exp\":4102444800,\"sub\":\"%s\"}");
        invalid(bearing(parts[0] + "." + forged + "." + parts[2]).get("/guarded/me").then());
    }

    @Test
    void a_session_without_a_signature_or_with_a_symmetric_one_is_refused() {
        String[] parts = aSession("emails:read").split("\\.");
        String kid = kid(parts[0]);
        for (String algorithm : new String[] {"none", "HS256"}) {
            String header = "{\"alg\":\"%s\",\"kid\":\"%s\"}".formatted(algorithm, kid);
            String token = encode(header) + "." + parts[1] + "." + parts[2];
            invalid(bearing(token).get("/guarded/me").then());
        }
    }

    @Test
    void a_session_signed_by_an_unknown_key_is_refused() {
        String[] parts = aSession("emails:read").split("\\.");
        String header = encode("{\"alg\":\"ES256\",\"kid\":\"other\"}");
        invalid(bearing(header + "." + parts[1] + "." + parts[2]).get("/guarded/me").then());
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "[]", "{}", "null", "true", "[\"a\"]"})
    void a_session_whose_header_holds_something_else_than_text_is_refused(String value) {
        String[] parts = aSession("emails:read").split("\\.");
        String kid = kid(parts[0]);
        for (String header :
                List.of(
                        "{\"alg\":\"ES256\",\"kid\":%s}".formatted(value),
                        "{\"alg\":%s,\"kid\":\"%s\"}".formatted(value, kid),
                        "{\"alg\":\"ES256\",\"kid\":\"%s\",\"crit\":%s}".formatted(kid, value))) {
            String token = encode(header) + "." + parts[1] + "." + parts[2];
            invalid(bearing(token).get("/guarded/me").then());
            invalid(carrying(token).get("/guarded/me").then());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "none", "Same-Origin"})
    void another_sites_page_cannot_use_the_cookie_to_change_anything(String site) {
        carrying(aSession("emails:send"))
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
        carrying(aSession("emails:send"))
                .header("Origin", origin)
                .post("/guarded/send")
                .then()
                .statusCode(403);
        carrying(aSession("emails:send"))
                .header("Sec-Fetch-Site", "same-origin")
                .header("Origin", origin)
                .post("/guarded/send")
                .then()
                .statusCode(403);
    }

    @Test
    void a_change_by_cookie_without_any_word_of_its_origin_is_refused() {
        carrying(aSession("emails:send"))
                .post("/guarded/send")
                .then()
                .statusCode(403)
                .body("detail", containsString("Authorization"));
    }

    @Test
    void our_own_page_may_change_things_by_cookie() {
        String session = aSession("emails:send");
        carrying(session)
                .contentType("application/json")
                .header("Sec-Fetch-Site", "same-origin")
                .post("/guarded/send")
                .then()
                .statusCode(200);
        carrying(session)
                .contentType("application/json")
                .header("Origin", origin())
                .post("/guarded/send")
                .then()
                .statusCode(200);
        carrying(session)
                .contentType("application/json")
                .header("Sec-Fetch-Site", "same-origin")
                .header("Origin", origin())
                .post("/guarded/send")
                .then()
                .statusCode(200);
    }

    @Test
    void the_cookie_is_not_looked_at_beside_an_authorization_header() {
        carrying(aSession("emails:read"))
                .header("Authorization", "Bearer sk_live_nonsense")
                .get("/guarded/emails")
                .then()
                .statusCode(401);
        carrying(aSession("emails:read"))
                .header("Authorization", "Basic eDp5")
                .get("/guarded/emails")
                .then()
                .statusCode(401)
                .body("code", is("missing_api_key"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "a.b.c"})
    void a_cookie_that_is_no_session_is_refused(String value) {
        carrying(value).get("/guarded/me").then().statusCode(401);
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

    private static RequestSpecification bearing(String session) {
        return given().header("Authorization", "Bearer " + session);
    }

    private static RequestSpecification carrying(String session) {
        return given().cookie("sendex_session", session);
    }

    private static void invalid(ValidatableResponse response) {
        response.statusCode(401)
                .contentType("application/json")
                .header("WWW-Authenticate", containsString("error=\"invalid_token\""))
                .body("code", is("invalid_api_key"));
    }
}
